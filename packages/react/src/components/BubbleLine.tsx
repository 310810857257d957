import { type MouseEvent, useRef } from "react";
import { useChat } from "../chat-context.ts";
import { useMentioned } from "../hooks/useMentioned.ts";
import { useMenuGestures } from "../hooks/useMenuGestures.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { useSwipe } from "../hooks/useSwipe.ts";
import { useListActions } from "../message-list/list-actions.ts";
import { isEmojiOnly } from "../rich-text/emoji-only.ts";
import { MessageActions } from "./MessageActions.tsx";
import type { MessageBubbleProps } from "./bubble-props.ts";
import { classNames } from "./class-names.ts";
import { MessageText } from "./MessageText.tsx";
import { QuotedMessage } from "./QuotedMessage.tsx";
import { Ticks } from "./Ticks.tsx";

const nobody: readonly string[] = [];

/** The bubble with what it answers, its text, time and ticks; beside it what can be done with it. */
export function BubbleLine(props: MessageBubbleProps) {
  const { message, status, writable, mayReact } = props;
  const own = status !== null;
  const content = contentOf(props);
  const gestures = useBubbleGestures(props, content !== null);
  const isBig = content !== null && quoteOf(props) === null && isEmojiOnly(content);
  return (
    <div className="parley-bubble-line">
      <div
        className={classNames("parley-bubble", own && "parley-bubble-own")}
        data-deleted={content === null}
        data-emoji={isBig}
        {...gestures}
      >
        {content === null ? <Tombstone {...props} /> : <Content {...props} content={content} />}
        <MessageMeta {...props} />
      </div>
      {message !== null && content !== null && (
        <MessageActions message={message} mayReply={writable} mayReact={mayReact} />
      )}
    </div>
  );
}

/** null: it was deleted. */
const contentOf = ({ message, outbox }: MessageBubbleProps) =>
  message === null ? (outbox?.content ?? "") : message.content;
const quoteOf = ({ message, outbox }: MessageBubbleProps) => (message ?? outbox)?.replyTo ?? null;

/** Right click and long touch open the menu; a swipe towards the middle replies. */
function useBubbleGestures({ message, writable }: MessageBubbleProps, there: boolean) {
  const { openMenu, reply } = useListActions();
  const row = useRef<HTMLElement>(null);
  const menu = useMenuGestures((anchor) => message !== null && openMenu(message, anchor, row.current));
  const swipe = useSwipe(() => message !== null && reply(message));
  if (message === null || !there) return {};
  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    // Links and marked text have a menu of their own.
    if (target.closest("a") !== null || getSelection()?.isCollapsed === false) return;
    row.current = target.closest(".parley-row");
    menu.onContextMenu(event);
  };
  return { ...menu, ...(writable && { ref: swipe }), onContextMenu };
}

function Content(props: MessageBubbleProps & { content: string }) {
  const self = useSelf();
  const { conversationId = "", mentions = nobody } = props.message ?? props.outbox ?? {};
  const people = useMentioned(conversationId, mentions);
  const quote = quoteOf(props);
  return (
    <>
      {quote !== null && <QuotedMessage conversationId={conversationId} quote={quote} />}
      <MessageText content={props.content} mentions={people} selfId={self?.id} />
    </>
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
        <time className="parley-edited" dateTime={editedAt} title={formats.full(editedAt)}>
          {labels.edited}
        </time>
      )}
      <time dateTime={at} title={formats.full(at)}>
        {formats.time(at)}
      </time>
      {status !== null && !deleted && <Ticks status={status} />}
    </span>
  );
}
