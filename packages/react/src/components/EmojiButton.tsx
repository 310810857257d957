import { useCallback, useState } from "react";
import { useChat } from "../chat-context.ts";
import type { Notice } from "../hooks/useConversationActions.ts";
import { useCalledPart } from "../hooks/usePart.ts";
import { createPart } from "../part.ts";
import type { EmojiPopoverHandle, EmojiPopoverProps } from "./EmojiPopover.tsx";
import { SmileIcon } from "./message-icons.tsx";
import { NoticeBar } from "./NoticeBar.tsx";

const emojiPopover = createPart(async () => (await import("./EmojiPopover.tsx")).EmojiPopover);

/** Opens the emoji beside a text field. */
export function EmojiButton({ onPick }: { onPick: (sign: string) => void }) {
  const { labels } = useChat();
  const [notice, setNotice] = useState<Notice | null>(null);
  const popover = useCalledPart<EmojiPopoverProps, EmojiPopoverHandle>(emojiPopover, () =>
    setNotice({ text: labels.partMissing, undo: null }),
  );
  const forget = useCallback(() => setNotice(null), []);
  const purpose = { title: labels.insertEmoji, chosen: [], short: false, toned: true, pick: onPick };
  return (
    <>
      {notice !== null && <NoticeBar notice={notice} onClose={forget} />}
      {popover.Component && <popover.Component ref={popover.ref} />}
      <button
        type="button"
        className="parley-composer-tool"
        aria-label={labels.insertEmoji}
        aria-haspopup="dialog"
        onClick={({ currentTarget }) => popover.call(({ open }) => open(currentTarget, purpose))}
      >
        <SmileIcon />
      </button>
    </>
  );
}
