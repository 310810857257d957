import type { Message } from "@parley/protocol";
import { useMemo } from "react";
import { useChat } from "../chat-context.ts";
import { useConversation } from "../hooks/useConversation.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { deliveryStatus, placementOf, positionsOfOthers, type TimelineEntry } from "../message-list/timeline.ts";
import { findPerson } from "../people.ts";
import { MessageBubble } from "./MessageBubble.tsx";
import { SystemMessage } from "./SystemMessage.tsx";

export interface MessageRowsProps {
  readonly conversationId: string;
  readonly entries: readonly TimelineEntry[];
  /** The rows of this day: `from` included, `to` excluded. */
  readonly from: number;
  readonly to: number;
  readonly labelledBy: string;
  readonly onDelete: (message: Message) => void;
}

/** The messages of one day. Each row gets plain values, so that only what changed renders again. */
export function MessageRows({ conversationId, entries, from, to, labelledBy, onDelete }: MessageRowsProps) {
  const { labels } = useChat();
  const self = useSelf();
  const conversation = useConversation(conversationId);
  const selfId = self?.id ?? null;
  const others = useMemo(() => positionsOfOthers(conversation, selfId), [conversation, selfId]);
  const several = (conversation?.participants.length ?? 0) > 2;
  return (
    <ol className="parley-rows" aria-labelledby={labelledBy}>
      {entries.slice(from, to).map((entry, index) => {
        if (entry.message?.kind === "system") return <SystemMessage key={entry.key} message={entry.message} />;
        const own = entry.message === null || entry.message.senderId === selfId;
        const sender = own ? null : findPerson(conversation, entry.message.senderId);
        const { first, last } = placementOf(entries, from + index, selfId);
        return (
          <MessageBubble
            key={entry.key}
            message={entry.message}
            outbox={entry.outbox}
            status={own ? deliveryStatus(entry, others) : null}
            senderId={entry.message?.senderId ?? null}
            senderName={sender?.name ?? labels.formerUser}
            senderPicture={sender?.picture ?? null}
            inGroup={several}
            first={first}
            last={last}
            writable={conversation?.status === "active"}
            onDelete={onDelete}
          />
        );
      })}
    </ol>
  );
}
