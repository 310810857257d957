import { type RefObject, useCallback, useMemo, useRef, useState } from "react";
import { END_ZONE } from "./AnchorKeeper.tsx";
import { takeAnchor } from "./anchor.ts";
import type { Place } from "./place.ts";
import type { RowWindowControl } from "./useRowWindow.ts";

export interface MessageListHandle {
  jumpToLatest(): void;
  focus(): void;
  /** Goes to the message, loading what is around it, and offers the way back. */
  showMessage(seq: number): void;
}

export interface Jumps {
  readonly handle: MessageListHandle;
  /** Where the reader was before the last jump; null when there is no way back to offer. */
  readonly back: Place | "end" | null;
  goBack(): void;
  /** To the newest message, with the focus on the list. */
  toEnd(): void;
}

/** Jumps to a message and back to where the reader was. Several jumps lead back to the first place. */
export function useJumps(
  rows: RowWindowControl,
  scroller: RefObject<HTMLElement | null>,
  liveRows: () => ArrayLike<Element>,
): Jumps {
  const [back, setBack] = useState<Place | "end" | null>(null);
  const { show, jumpToLatest: toLatest } = rows;
  const latest = useRef(back);
  latest.current = back;
  const jumpToLatest = useCallback(() => {
    setBack(null);
    toLatest();
  }, [toLatest]);
  const showMessage = useCallback(
    (seq: number) => {
      setBack((held) => held ?? placeNow(scroller.current, liveRows()));
      show({ seq, at: "middle", flash: true });
    },
    [show, scroller, liveRows],
  );
  const focus = useCallback(() => scroller.current?.focus({ preventScroll: true }), [scroller]);
  const handle = useMemo(() => ({ jumpToLatest, showMessage, focus }), [jumpToLatest, showMessage, focus]);
  const toEnd = useCallback(() => {
    jumpToLatest();
    focus();
  }, [jumpToLatest, focus]);
  const goBack = useCallback(() => {
    const place = latest.current;
    if (place === "end" || place === null) return toEnd();
    setBack(null);
    show({ seq: place.seq, at: place.offset, flash: false });
    focus();
  }, [show, focus, toEnd]);
  return { handle, back, goBack, toEnd };
}

function placeNow(scroller: HTMLElement | null, rows: ArrayLike<Element>): Place | "end" {
  if (scroller === null || Math.abs(scroller.scrollTop) <= END_ZONE) return "end";
  const anchor = takeAnchor(scroller, rows);
  const seq = Number(anchor?.row.getAttribute("data-seq") ?? 0);
  return anchor === null || seq === 0 ? "end" : { seq, offset: anchor.offset };
}
