import type { Message } from "@parley/protocol";
import { useMemo } from "react";
import { useChat } from "../chat-context.ts";
import { useConversation } from "../hooks/useConversation.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { useSlot } from "../hooks/useSlot.ts";
import { useWriteAccess } from "../hooks/useWriteAccess.ts";
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
  const { writable } = useWriteAccess(conversationId);
  const Bubble = useSlot("MessageBubble", MessageBubble);
  const System = useSlot("SystemMessage", SystemMessage);
  const unknownSender = useMemo(() => ({ id: "", name: labels.formerUser, picture: null }), [labels]);
  return (
    <ol className="parley-rows" aria-labelledby={labelledBy}>
      {entries.slice(from, to).map((entry, index) => {
        if (entry.message?.kind === "system") return <System key={entry.key} message={entry.message} />;
        const own = entry.message === null || entry.message.senderId === selfId;
        const sender = findPerson(conversation, entry.message?.senderId ?? null);
        return (
          <Bubble
            key={entry.key}
            message={entry.message}
            outbox={entry.outbox}
            status={own ? deliveryStatus(entry, others) : null}
            sender={sender ?? unknownSender}
            inGroup={several}
            writable={writable}
            onDelete={onDelete}
            {...placementOf(entries, from + index, selfId)}
          />
        );
      })}
    </ol>
  );
}
