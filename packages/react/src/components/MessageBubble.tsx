import { memo } from "react";
import { useChat } from "../chat-context.ts";
import { useSlot } from "../hooks/useSlot.ts";
import { Avatar } from "./Avatar.tsx";
import { BubbleLine } from "./BubbleLine.tsx";
import type { MessageBubbleProps } from "./bubble-props.ts";
import { classNames } from "./class-names.ts";
import { FailedNote } from "./FailedNote.tsx";
import { ReactionBar } from "./ReactionBar.tsx";

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
