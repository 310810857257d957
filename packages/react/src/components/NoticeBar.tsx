import { useEffect, useState } from "react";
import { useChat } from "../chat-context.ts";
import type { Notice } from "../hooks/useConversationActions.ts";
import { CloseIcon } from "./icons.tsx";

/** How long it stays, in ms; it waits as long as somebody points at it or has the focus in it. */
const STAYS_MS = 8_000;

/** A short word about what just happened, and the way back. */
export function NoticeBar({ notice, onClose }: { notice: Notice | null; onClose: () => void }) {
  const { labels } = useChat();
  const [held, setHeld] = useState(false);
  const close = (andThen: (() => void) | null) => {
    andThen?.();
    setHeld(false);
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
        <div
          className="parley-notice"
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
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
