import type { OutboxMessage } from "@parley/client";
import type { Message } from "@parley/protocol";
import { memo, useRef } from "react";
import { useChat } from "../chat-context.ts";
import { useLongPress } from "../hooks/useLongPress.ts";
import type { DeliveryStatus } from "../message-list/timeline.ts";
import { isEmojiOnly } from "../parse-text.ts";
import { Avatar } from "./Avatar.tsx";
import { classNames } from "./class-names.ts";
import { FailedNote } from "./FailedNote.tsx";
import { MessageActions } from "./MessageActions.tsx";
import { MessageText } from "./MessageText.tsx";
import { Ticks } from "./Ticks.tsx";

export interface MessageBubbleProps {
  /** Exactly one of `message` and `outbox` is there. */
  readonly message: Message | null;
  readonly outbox: OutboxMessage | null;
  /** Of an own message; null for somebody else's. */
  readonly status: DeliveryStatus | null;
  readonly senderId: string | null;
  readonly senderName: string;
  readonly senderPicture: string | null;
  /** More than two people: names and pictures stand beside the messages. */
  readonly inGroup: boolean;
  /** Place in a run of one sender. */
  readonly first: boolean;
  readonly last: boolean;
  /** Whether messages may still be changed here. */
  readonly writable: boolean;
  readonly onDelete: (message: Message) => void;
  readonly className?: string;
}

/** One message, own or somebody else's, confirmed or on its way. */
export const MessageBubble = memo(function MessageBubble(props: MessageBubbleProps) {
  const { message, outbox, status, senderId, senderName, senderPicture, inGroup, first, last, className } = props;
  const { labels } = useChat();
  const actions = useRef<HTMLButtonElement>(null);
  const longPress = useLongPress(() => actions.current?.click());
  const own = status !== null;
  const content = message === null ? (outbox?.content ?? "") : message.content;
  const withPicture = inGroup && !own;
  return (
    <li
      className={classNames("parley-row", "parley-message", own && "parley-own", className)}
      data-first={first}
      data-last={last}
      data-status={status ?? undefined}
      data-seq={message?.seq}
      tabIndex={-1}
    >
      {withPicture && (
        <span className="parley-message-avatar">
          {last && <Avatar user={{ id: senderId ?? "", name: senderName, picture: senderPicture }} size="small" />}
        </span>
      )}
      <div className="parley-message-main">
        <span className={first && withPicture ? "parley-message-sender" : "parley-hidden"}>
          {own ? labels.you : senderName}
          <span className="parley-hidden">: </span>
        </span>
        <div className="parley-bubble-line">
          <div
            className="parley-bubble"
            data-deleted={content === null}
            data-emoji={content !== null && isEmojiOnly(content)}
            {...longPress}
          >
            {content === null ? (
              <p className="parley-tombstone">{own ? labels.deletedOwn : labels.deleted(senderName)}</p>
            ) : (
              <MessageText content={content} />
            )}
            <MessageMeta {...props} />
          </div>
          {message !== null && content !== null && (
            <MessageActions ref={actions} message={message} own={own && props.writable} onDelete={props.onDelete} />
          )}
        </div>
        {outbox?.status === "failed" && <FailedNote outbox={outbox} />}
      </div>
    </li>
  );
});

/** Time, "edited" and ticks, at the end of the last line. */
function MessageMeta({ message, outbox, status }: Pick<MessageBubbleProps, "message" | "outbox" | "status">) {
  const { labels, formats } = useChat();
  const at = message?.createdAt ?? outbox?.createdAt ?? "";
  const deleted = message?.deletedAt != null;
  return (
    <span className="parley-meta">
      {message?.editedAt != null && !deleted && (
        <span className="parley-edited" title={formats.full(message.editedAt)}>
          {labels.edited}
        </span>
      )}
      <time dateTime={at} title={formats.full(at)}>
        {formats.time(at)}
      </time>
      {status !== null && !deleted && <Ticks status={status} />}
    </span>
  );
}
