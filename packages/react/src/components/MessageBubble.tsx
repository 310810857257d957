import type { OutboxMessage } from "@parley/client";
import type { Message, UserProfile } from "@parley/protocol";
import { memo, useRef } from "react";
import { useChat } from "../chat-context.ts";
import { useLongPress } from "../hooks/useLongPress.ts";
import { useSlot } from "../hooks/useSlot.ts";
import type { DeliveryStatus } from "../message-list/timeline.ts";
import { isEmojiOnly } from "../rich-text/emoji-only.ts";
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
  /** Of somebody else's message; a stand-in when nobody knows them any more. */
  readonly sender: Pick<UserProfile, "id" | "name" | "picture">;
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
  const { message, outbox, status, sender, inGroup, first, last, className } = props;
  const Picture = useSlot("Avatar", Avatar);
  const own = status !== null;
  const withPicture = inGroup && !own;
  return (
    <li
      className={classNames("parley-row", "parley-message", own && "parley-own", className)}
      data-first={first}
      data-last={last}
      data-status={status}
      data-seq={message?.seq}
      tabIndex={-1}
    >
      {withPicture && <span className="parley-message-avatar">{last && <Picture user={sender} size="small" />}</span>}
      <div className="parley-message-main">
        <SenderName name={own ? null : sender.name} visible={first && withPicture} />
        <BubbleLine {...props} />
        {outbox?.status === "failed" && <FailedNote outbox={outbox} />}
      </div>
    </li>
  );
});

/** Screen readers hear at each message who speaks; eyes see it at the first of a run. */
function SenderName({ name, visible }: { name: string | null; visible: boolean }) {
  const { labels } = useChat();
  return (
    <span className={visible ? "parley-message-sender" : "parley-hidden"}>
      {name ?? labels.you}
      <span className="parley-hidden">: </span>
    </span>
  );
}

function BubbleLine(props: MessageBubbleProps) {
  const { message, outbox, status, writable, onDelete } = props;
  const actions = useRef<HTMLButtonElement>(null);
  const longPress = useLongPress(() => actions.current?.click());
  const content = message === null ? (outbox?.content ?? "") : message.content;
  return (
    <div className="parley-bubble-line">
      <div
        className="parley-bubble"
        data-deleted={content === null}
        data-emoji={content !== null && isEmojiOnly(content)}
        {...longPress}
      >
        {content === null ? <Tombstone {...props} /> : <MessageText content={content} />}
        <MessageMeta {...props} />
      </div>
      {message !== null && content !== null && (
        <MessageActions ref={actions} message={message} own={status !== null && writable} onDelete={onDelete} />
      )}
    </div>
  );
}

function Tombstone({ status, sender }: MessageBubbleProps) {
  const { labels } = useChat();
  return <p className="parley-tombstone">{status === null ? labels.deleted(sender.name) : labels.deletedOwn}</p>;
}

/** Time, "edited" and ticks, at the end of the last line. */
function MessageMeta({ message, outbox, status }: MessageBubbleProps) {
  const { labels, formats } = useChat();
  const at = (message ?? outbox)?.createdAt ?? "";
  const deleted = message?.content === null;
  const editedAt = deleted ? null : message?.editedAt;
  return (
    <span className="parley-meta">
      {editedAt && (
        <span className="parley-edited" title={formats.full(editedAt)}>
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
