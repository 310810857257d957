/** So far a finger must go, in px, before letting go counts. */
const ENOUGH = 56;
/** A finger that goes further up or down is scrolling, in px. */
const SLOP = 12;

/** Lets the element follow a finger sideways. Returns how to stop. */
export function followSwipe(element: HTMLElement, onSwipe: () => void): () => void {
  let from: { x: number; y: number } | null = null;
  let moved = 0;
  const end = () => {
    from = null;
    moved = 0;
    element.style.removeProperty("translate");
  };
  const down = (event: PointerEvent) => {
    from = event.pointerType === "touch" && event.isPrimary ? { x: event.clientX, y: event.clientY } : null;
  };
  const move = (event: PointerEvent) => {
    if (from === null) return;
    if (moved === 0 && Math.abs(event.clientY - from.y) > SLOP) return end();
    const way = (event.clientX - from.x) * (standsAtTheLeft(element) ? 1 : -1);
    moved = way < SLOP ? 0 : Math.min(way, ENOUGH * 1.4);
    element.style.translate = `${moved * (standsAtTheLeft(element) ? 1 : -1)}px`;
  };
  const up = () => {
    const far = moved >= ENOUGH;
    end();
    if (far) onSwipe();
  };
  element.addEventListener("pointerdown", down);
  element.addEventListener("pointermove", move);
  element.addEventListener("pointerup", up);
  element.addEventListener("pointercancel", end);
  return () => {
    element.removeEventListener("pointerdown", down);
    element.removeEventListener("pointermove", move);
    element.removeEventListener("pointerup", up);
    element.removeEventListener("pointercancel", end);
  };
}

/** Own messages stand at the end of the line, which is the left one where writing goes from right to left. */
function standsAtTheLeft(element: HTMLElement): boolean {
  const own = element.closest(".parley-own") !== null;
  return own === (getComputedStyle(element).direction === "rtl");
}
