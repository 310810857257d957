import { firstRowBelow, standsAt } from "./anchor.ts";

/** What the reader looks at: a point in a row, and where it stands on the screen. */
export interface ReadingPoint {
  readonly row: Element;
  /** How far down in its row: 0 at its upper edge, 1 at its lower one. */
  readonly share: number;
  /** How far below the upper edge of what the chat stands in, in px: what comes in above the history does not push it down. */
  readonly below: number;
}

/** A point nearer to the lower edge than this would be cut off, in px. */
const LINE = 24;

/**
 * In the row that was touched last, as long as it is in view; else in the first one, where the history begins in view: nobody
 * who stands at its top expects that to go; else in the one across the middle. Null: nothing is mounted.
 */
export function takeReadingPoint(
  scroller: Element,
  rows: ArrayLike<Element>,
  touched: Element | null,
): ReadingPoint | null {
  const view = scroller.getBoundingClientRect();
  const first = rows[0];
  const isTouched = isInView(touched, view);
  const isAtTop = !isTouched && first !== undefined && first.getBoundingClientRect().top >= view.top;
  const middle = isAtTop ? view.top : view.top + view.height / 2;
  const row = isTouched ? touched : (rows[firstRowBelow(rows, middle)] ?? rows[rows.length - 1]);
  if (row == null) return null;
  const { top, bottom, height } = row.getBoundingClientRect();
  const at = Math.max(top, Math.min(bottom, middle));
  return { row, share: height > 0 ? (at - top) / height : 0, below: at - view.top + standsAt(scroller) };
}

/**
 * By how much to scroll, in px, so that the point stands where it did; positive: down. A view that has become too low for that
 * shows the whole row above its lower edge, or as much as fits. 0 when the row is gone.
 */
export function distanceToPoint(scroller: Element, { row, share, below: onScreen }: ReadingPoint): number {
  if (!row.isConnected) return 0;
  const view = scroller.getBoundingClientRect();
  const { top, bottom, height } = row.getBoundingClientRect();
  const below = Math.max(0, onScreen - standsAt(scroller));
  const back = top + share * height - view.top - below;
  const cutOff = bottom - back - view.bottom;
  const room = Math.max(0, top - back - view.top);
  return back + Math.max(0, Math.min(cutOff, room), below - (view.height - LINE));
}

function isInView(row: Element | null, view: DOMRect): row is Element {
  if (row === null || !row.isConnected) return false;
  const { top, bottom } = row.getBoundingClientRect();
  return bottom > view.top && top < view.bottom;
}
