import { type PointerEvent, type TouchEvent, useMemo, useRef } from "react";

/** From this long on a touch is a long one, in ms. */
export const LONG_PRESS_MS = 450;
/** A finger that moves further is scrolling, in px. */
const SLOP = 10;

/**
 * Handlers for a long touch; a mouse has its hover and its menu key. It counts when the finger is lifted: the browser would
 * close at that moment what was opened before. The mouse that browsers play after a touch is called off, since its click, which
 * may come a good while later, would close it as well.
 */
export function useLongPress(onLongPress: () => void) {
  const latest = useRef(onLongPress);
  latest.current = onLongPress;
  const press = useRef<{ since: number; x: number; y: number } | null>(null);
  const wasLong = useRef(false);
  return useMemo(() => {
    const cancel = () => {
      press.current = null;
    };
    return {
      onPointerDown(event: PointerEvent) {
        const touch = event.pointerType === "touch" && event.isPrimary;
        wasLong.current = false;
        press.current = touch ? { since: event.timeStamp, x: event.clientX, y: event.clientY } : null;
      },
      onPointerMove(event: PointerEvent) {
        const from = press.current;
        if (from !== null && Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLOP) cancel();
      },
      onPointerUp(event: PointerEvent) {
        const from = press.current;
        cancel();
        wasLong.current = from !== null && event.timeStamp - from.since >= LONG_PRESS_MS;
        if (wasLong.current) setTimeout(() => latest.current());
      },
      onTouchEnd(event: TouchEvent) {
        if (wasLong.current && event.cancelable) event.preventDefault();
      },
      onPointerCancel: cancel,
    };
  }, []);
}
