import { limits } from "@parley/protocol";
import { type RefObject, useCallback, useEffect, useRef } from "react";
import { useChat } from "../chat-context.ts";
import { useConversation } from "../hooks/useConversation.ts";
import { beginReading } from "../reading.ts";
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

/** The same, 0 too when nobody looks at the page. */
function watchedSeq(scroller: HTMLElement | null, rows: ArrayLike<Element>): number {
  return scroller !== null && isWatched() ? visibleSeq(scroller, rows) : 0;
}

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
    const look = () => watchedSeq(scroller.current, rows());
    const candidate = look();
    if (timer.current !== null || candidate <= reported.current) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      // The lower of the two was in view at both ends of the time.
      const seen = Math.min(candidate, look());
      if (seen > reported.current) {
        reported.current = seen;
        client.receipts.read(conversationId, seen).catch(() => (reported.current = 0));
      }
      check();
    }, limits.readAfterMs);
  }, [client, conversationId, scroller, rows]);

  useEffect(() => {
    const stop = () => {
      clearTimeout(timer.current ?? undefined);
      timer.current = null;
    };
    const unsubscribe = onWatchChange(() => {
      stop();
      check();
    });
    return () => {
      unsubscribe();
      stop();
    };
  }, [check]);
  return check;
}

/** What comes in is not shown as unread in this page as long as somebody looks at the end of the list. */
export function useBeingRead(conversationId: string, following: boolean): void {
  const { store } = useChat().client;
  const known = useConversation(conversationId) !== undefined;
  useEffect(() => {
    if (!following || !known) return;
    let end: (() => void) | null = null;
    const look = () => {
      if (isWatched()) end ??= beginReading(store, conversationId);
      else {
        end?.();
        end = null;
      }
    };
    look();
    const stop = onWatchChange(look);
    return () => {
      stop();
      end?.();
    };
  }, [store, conversationId, following, known]);
}

/** Calls back when somebody begins or ceases to look at the page. Returns how to stop. */
function onWatchChange(callback: () => void): () => void {
  window.addEventListener("focus", callback);
  window.addEventListener("blur", callback);
  document.addEventListener("visibilitychange", callback);
  return () => {
    window.removeEventListener("focus", callback);
    window.removeEventListener("blur", callback);
    document.removeEventListener("visibilitychange", callback);
  };
}
