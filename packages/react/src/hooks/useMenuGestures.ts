import { type MouseEvent, type PointerEvent, useMemo, useRef } from "react";
import type { MenuAnchor } from "../components/menu.ts";
import { LONG_PRESS_MS, useLongPress } from "./useLongPress.ts";

/**
 * Handlers that open a menu by right click (at the pointer) and by a long touch (at the element). The menu opens when the
 * button is let go: the browser would take that moment for a click outside of it.
 */
export function useMenuGestures(open: (anchor: MenuAnchor) => void) {
  const latest = useRef(open);
  latest.current = open;
  const element = useRef<HTMLElement | null>(null);
  const touchedAt = useRef(Number.POSITIVE_INFINITY);
  const longPress = useLongPress(() => {
    if (element.current !== null) latest.current(element.current);
  });
  return useMemo(
    () => ({
      ...longPress,
      onPointerDownCapture(event: PointerEvent<HTMLElement>) {
        element.current = event.currentTarget;
        touchedAt.current = event.pointerType === "touch" ? event.timeStamp : Number.POSITIVE_INFINITY;
      },
      onClickCapture(event: MouseEvent) {
        // The end of a long touch is no click, whatever the browser makes of it. A key's click has no detail.
        if (event.detail === 0 || !(event.timeStamp - touchedAt.current >= LONG_PRESS_MS)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      onContextMenu(event: MouseEvent<HTMLElement>) {
        event.preventDefault();
        const { pointerType } = event.nativeEvent as globalThis.PointerEvent;
        // A finger that holds on is answered when it is lifted, a key when it was pressed: see useLongPress and list-keys.
        if (event.button !== 2 && pointerType !== "mouse") return;
        const anchor: MenuAnchor = { x: event.clientX, y: event.clientY };
        const show = () => setTimeout(() => latest.current(anchor));
        if (event.buttons === 0) show();
        else window.addEventListener("pointerup", show, { once: true });
      },
    }),
    [longPress],
  );
}
