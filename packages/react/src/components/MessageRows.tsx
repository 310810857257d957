import { Fragment, useMemo } from "react";
import { useChat } from "../chat-context.ts";
import { useConversation } from "../hooks/useConversation.ts";
import { useReadReceiptsShown } from "../hooks/useReadReceiptsShown.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { useSlot } from "../hooks/useSlot.ts";
import { mayReact, useWriteAccess } from "../hooks/useWriteAccess.ts";
import {
  deliveryStatus,
  placementOf,
  positionsOfOthers,
  type TimelineEntry,
  unansweredFrom,
} from "../message-list/timeline.ts";
import { findPerson } from "../people.ts";
import { MessageBubble } from "./MessageBubble.tsx";
import { SystemMessage } from "./SystemMessage.tsx";
import { UnreadSeparator } from "./UnreadSeparator.tsx";

export interface MessageRowsProps {
  readonly conversationId: string;
  readonly entries: readonly TimelineEntry[];
  /** The rows of this day: `from` included, `to` excluded. */
  readonly from: number;
  readonly to: number;
  readonly labelledBy: string;
  /** Seq of the message above which the line for what is new stands; null: there is none. */
  readonly unreadFrom: number | null;
}

/** The messages of one day. Each row gets plain values, so that only what changed renders again. */
export function MessageRows({ conversationId, entries, from, to, labelledBy, unreadFrom }: MessageRowsProps) {
  const { labels } = useChat();
  const self = useSelf();
  const conversation = useConversation(conversationId);
  const selfId = self?.id ?? null;
  const readShown = useReadReceiptsShown();
  const others = useMemo(() => positionsOfOthers(conversation, selfId, readShown), [conversation, selfId, readShown]);
  const newFrom = unansweredFrom(unreadFrom, entries, selfId);
  const several = (conversation?.participants.length ?? 0) > 2;
  const access = useWriteAccess(conversationId);
  const Bubble = useSlot("MessageBubble", MessageBubble);
  const System = useSlot("SystemMessage", SystemMessage);
  const unknownSender = useMemo(() => ({ id: "", name: labels.formerUser, picture: null }), [labels]);
  return (
    <ol className="parley-rows" aria-labelledby={labelledBy}>
      {entries.slice(from, to).map((entry, index) => {
        const at = from + index;
        const isNew = newFrom !== null && entry.message?.seq === newFrom;
        const placement = placementOf(entries, at, selfId, newFrom);
        return (
          <Fragment key={entry.key}>
            {isNew && <UnreadSeparator />}
            {entry.message?.kind === "system" ? (
              <System message={entry.message} />
            ) : (
              <Bubble
                message={entry.message}
                outbox={entry.outbox}
                status={isOwn(entry, selfId) ? deliveryStatus(entry, others) : null}
                sender={findPerson(conversation, entry.message?.senderId ?? null) ?? unknownSender}
                inGroup={several}
                writable={access.writable}
                mayReact={mayReact(access)}
                {...placement}
              />
            )}
          </Fragment>
        );
      })}
    </ol>
  );
}

const isOwn = ({ message }: TimelineEntry, selfId: string | null) => message === null || message.senderId === selfId;
