/** Distance to its anchor and to the edges of the window, in px. */
const GAP = 6;

/** Puts an open popover above its anchor, or below when there is more room, and inside the window. */
export function placeBeside(popover: HTMLElement, anchor: DOMRect): void {
  const { width, height } = popover.getBoundingClientRect();
  const above = anchor.top - height - GAP;
  const below = Math.min(anchor.bottom + GAP, window.innerHeight - height - GAP);
  const left = anchor.left + anchor.width / 2 - width / 2;
  popover.style.top = `${Math.max(GAP, above >= GAP ? above : below)}px`;
  popover.style.left = `${Math.max(GAP, Math.min(left, window.innerWidth - width - GAP))}px`;
}
