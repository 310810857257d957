import { limits } from "@parley/protocol";
import { type RefObject, useCallback, useEffect, useRef } from "react";
import { useChat } from "../chat-context.ts";
import { lastRowAbove } from "./anchor.ts";

/** So much of a row must be in view, in px. */
const VISIBLE_PX = 24;

/** Highest seq that is in view now, 0 when there is none. Rows carry theirs in `data-seq`. */
function visibleSeq(scroller: HTMLElement, rows: ArrayLike<Element>): number {
  const bottom = scroller.getBoundingClientRect().bottom - VISIBLE_PX;
  for (let index = lastRowAbove(rows, bottom); index >= 0; index -= 1) {
    const seq = Number(rows[index]?.getAttribute("data-seq") ?? 0);
    if (seq > 0) return seq;
  }
  return 0;
}

const isWatched = () => document.visibilityState === "visible" && document.hasFocus();

/**
 * Reports a message as read after it was in view for two seconds, with the page visible and focused.
 * Call the returned function whenever something may have come into view.
 */
export function useReadReceipts(
  conversationId: string,
  readSeq: number,
  scroller: RefObject<HTMLElement | null>,
  rows: () => ArrayLike<Element>,
): () => void {
  const { client } = useChat();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const reported = useRef(readSeq);
  reported.current = Math.max(reported.current, readSeq);

  const check = useCallback(() => {
    const look = () => (scroller.current !== null && isWatched() ? visibleSeq(scroller.current, rows()) : 0);
    const candidate = look();
    if (timer.current !== null || candidate <= reported.current) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      // The lower of the two was in view at both ends of the time.
      const seen = Math.min(candidate, look());
      if (seen > reported.current) {
        reported.current = seen;
        client.receipts.read(conversationId, seen).catch(() => {
          reported.current = 0;
        });
      }
      check();
    }, limits.readAfterMs);
  }, [client, conversationId, scroller, rows]);

  useEffect(() => {
    const onFocusChange = () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
      check();
    };
    window.addEventListener("focus", onFocusChange);
    window.addEventListener("blur", onFocusChange);
    document.addEventListener("visibilitychange", onFocusChange);
    return () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
      window.removeEventListener("focus", onFocusChange);
      window.removeEventListener("blur", onFocusChange);
      document.removeEventListener("visibilitychange", onFocusChange);
    };
  }, [check]);
  return check;
}
