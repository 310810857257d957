import { useChat } from "../chat-context.ts";
import { classNames } from "./class-names.ts";
import { UpIcon } from "./message-icons.tsx";

/** After a jump to a message: the way back to where the reader was. */
export function JumpBack({ onJump, className }: { onJump: () => void; className?: string }) {
  const { labels } = useChat();
  return (
    <button type="button" className={classNames("parley-jump", "parley-jump-back", className)} onClick={onJump}>
      <UpIcon />
      <span>{labels.jumpBack}</span>
    </button>
  );
}
