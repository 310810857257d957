/** Less than this is the rounding of browsers' own sums, in px. */
const NOTHING = 1 / 64;

/**
 * Scrolls down by so many px, to the fraction of one. Browsers scroll by whole pixels of the screen, while rows may have any
 * height: what is left becomes a margin, of less than a pixel, below the content, which counts from its end.
 */
export function moveBy(scroller: HTMLElement, distance: number): void {
  const content = scroller.firstElementChild as HTMLElement | null;
  if (content === null || Math.abs(distance) < NOTHING) return;
  const wanted = distance + (Number.parseFloat(content.style.marginBlockEnd) || 0);
  const before = scroller.scrollTop;
  // A write during momentum scrolling stops it on iOS: only when there is a pixel to go.
  if (Math.abs(wanted) >= 0.5) scroller.scrollTop = before + wanted;
  const left = wanted - (scroller.scrollTop - before);
  // Where the content ends there is nothing to scroll to, and nothing to make up for.
  content.style.marginBlockEnd = Math.abs(left) < 1 ? `${left}px` : "";
}
