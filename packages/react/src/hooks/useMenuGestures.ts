import { type MouseEvent, useMemo, useRef } from "react";
import type { MenuAnchor } from "../components/menu.ts";
import { useLongPress } from "./useLongPress.ts";

/** A click that follows a long press this soon is its end, not a click, in ms. */
const CLICK_AFTER_PRESS_MS = 700;

/**
 * Handlers that open a menu by right click (at the pointer) and by a long touch (at the element). The menu opens when the
 * button is let go: the browser would take that moment for a click outside of it.
 */
export function useMenuGestures(open: (anchor: MenuAnchor) => void) {
  const latest = useRef(open);
  latest.current = open;
  const element = useRef<HTMLElement | null>(null);
  const pressedAt = useRef(Number.NEGATIVE_INFINITY);
  const longPress = useLongPress(() => {
    pressedAt.current = performance.now();
    if (element.current !== null) latest.current(element.current);
  });
  return useMemo(
    () => ({
      ...longPress,
      onPointerDownCapture(event: { currentTarget: HTMLElement }) {
        element.current = event.currentTarget;
      },
      onClickCapture(event: MouseEvent) {
        if (performance.now() - pressedAt.current > CLICK_AFTER_PRESS_MS) return;
        event.preventDefault();
        event.stopPropagation();
      },
      onContextMenu(event: MouseEvent<HTMLElement>) {
        event.preventDefault();
        const pointer = event.nativeEvent as PointerEvent;
        // A finger that holds on is answered when it is lifted, a key when it was pressed: see useLongPress and list-keys.
        if (event.button !== 2 && pointer.pointerType !== "mouse") return;
        const anchor: MenuAnchor = { x: event.clientX, y: event.clientY };
        const show = () => setTimeout(() => latest.current(anchor));
        if (event.buttons === 0) show();
        else window.addEventListener("pointerup", show, { once: true });
      },
    }),
    [longPress],
  );
}
