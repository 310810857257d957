import type { OutboxMessage } from "@parley/client";
import type { Message, UserProfile } from "@parley/protocol";
import { memo } from "react";
import { useChat } from "../chat-context.ts";
import { useSlot } from "../hooks/useSlot.ts";
import type { DeliveryStatus } from "../message-list/timeline.ts";
import { Avatar } from "./Avatar.tsx";
import { BubbleLine } from "./BubbleLine.tsx";
import { classNames } from "./class-names.ts";
import { FailedNote } from "./FailedNote.tsx";
import { ReactionBar } from "./ReactionBar.tsx";

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
  /** Whether the reader may write here: reply, change, pin. */
  readonly writable: boolean;
  /** Whether the reader may react here. */
  readonly mayReact: boolean;
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
        <Reactions {...props} />
        {outbox?.status === "failed" && <FailedNote outbox={outbox} />}
      </div>
    </li>
  );
});

function Reactions({ message, mayReact }: MessageBubbleProps) {
  if (message === null || message.content === null) return null;
  return <ReactionBar message={message} mayReact={mayReact} />;
}

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
