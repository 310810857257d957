import { useChat } from "../chat-context.ts";
import { classNames } from "./class-names.ts";
import { DownIcon } from "./icons.tsx";

/** The way back to the end, with the number of messages that wait there. */
export function JumpToLatest({ count, onJump, className }: { count: number; onJump: () => void; className?: string }) {
  const { labels } = useChat();
  return (
    <button
      type="button"
      className={classNames("parley-jump", className)}
      aria-label={count > 0 ? `${labels.jumpToLatest}, ${labels.newMessages(count)}` : labels.jumpToLatest}
      onClick={onJump}
    >
      {count > 0 && <span>{labels.newMessages(count)}</span>}
      <DownIcon />
    </button>
  );
}
