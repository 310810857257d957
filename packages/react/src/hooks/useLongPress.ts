import { type PointerEvent, useMemo, useRef } from "react";

const LONG_PRESS_MS = 450;
/** A finger that moves further is scrolling, in px. */
const SLOP = 10;

/** Handlers for a long touch; a mouse has its hover and its menu key. */
export function useLongPress(onLongPress: () => void) {
  const latest = useRef(onLongPress);
  latest.current = onLongPress;
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  return useMemo(() => {
    const end = () => {
      if (press.current !== null) clearTimeout(press.current.timer);
      press.current = null;
    };
    return {
      onPointerDown(event: PointerEvent) {
        end();
        if (event.pointerType !== "touch") return;
        const timer = setTimeout(() => latest.current(), LONG_PRESS_MS);
        press.current = { timer, x: event.clientX, y: event.clientY };
      },
      onPointerMove(event: PointerEvent) {
        const from = press.current;
        if (from !== null && Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLOP) end();
      },
      onPointerUp: end,
      onPointerCancel: end,
    };
  }, []);
}
