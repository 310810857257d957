import { useEffect, useState } from "react";
import { useChat } from "../chat-context.ts";
import type { Notice } from "../hooks/useConversationActions.ts";
import { CloseIcon } from "./icons.tsx";

/** How long it stays, in ms; it waits as long as somebody points at it or has the focus in it. */
const STAYS_MS = 8_000;

/** A short word about what just happened, and the way back. */
export function NoticeBar({ notice, onClose }: { notice: Notice | null; onClose: () => void }) {
  const { labels } = useChat();
  const { held, holders, letGo } = useHeld();
  const close = (andThen: (() => void) | null) => {
    andThen?.();
    letGo();
    onClose();
  };
  useEffect(() => {
    if (notice === null || held) return;
    const timer = setTimeout(onClose, STAYS_MS);
    return () => clearTimeout(timer);
  }, [notice, held, onClose]);
  return (
    <div className="parley-notice-place" role="status">
      {notice !== null && (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it only waits while it is being looked at
        <div className="parley-notice" {...holders}>
          <span dir="auto">{notice.text}</span>
          {notice.undo !== null && (
            <button type="button" onClick={() => close(notice.undo)}>
              {labels.undo}
            </button>
          )}
          <button type="button" className="parley-notice-close" aria-label={labels.dismiss} onClick={() => close(null)}>
            <CloseIcon />
          </button>
        </div>
      )}
    </div>
  );
}

/** Held as long as a pointer is over it or the focus is in it: one that leaves does not let go for the other. */
function useHeld() {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  return {
    held: pointed || focused,
    holders: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
    },
    letGo: () => {
      setPointed(false);
      setFocused(false);
    },
  };
}
