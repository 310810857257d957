import { useChat } from "../chat-context.ts";
import { classNames } from "./class-names.ts";

/** The line above the first message that was unread when the conversation was opened. */
export function UnreadSeparator({ className }: { className?: string }) {
  const { labels } = useChat();
  return (
    <li className={classNames("parley-unread-line", className)}>
      <span>{labels.unreadLine}</span>
    </li>
  );
}
