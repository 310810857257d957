/** A row and its distance from the upper edge of the view, in px. */
export interface Anchor {
  readonly row: Element;
  readonly offset: number;
  /** How far down the view itself stood, in px: see `standsAt`. */
  readonly viewAt: number;
}

/**
 * How far the view is below the upper edge of what the chat stands in, in px. It changes when something comes in above the
 * history, as pinned messages or a word about the connection do, and not when the page around the chat is scrolled.
 */
export function standsAt(scroller: Element): number {
  const around = scroller.closest(".parley-chat")?.parentElement ?? scroller;
  return scroller.getBoundingClientRect().top - around.getBoundingClientRect().top;
}

/** Anything with a lower edge; rows stand in order from top to bottom. */
interface Edged {
  getBoundingClientRect(): { readonly top: number; readonly bottom: number };
}

/** Index of the first row whose lower edge is below `top`; `rows.length` when there is none. Binary search: at most 8 reads. */
export function firstRowBelow(rows: ArrayLike<Edged>, top: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row !== undefined && row.getBoundingClientRect().bottom > top) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Index of the last row whose upper edge is above `bottom`; -1 when there is none. */
export function lastRowAbove(rows: ArrayLike<Edged>, bottom: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row !== undefined && row.getBoundingClientRect().top < bottom) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The first visible row, to be held in its place over a change. */
export function takeAnchor(scroller: Element, rows: ArrayLike<Element>): Anchor | null {
  const top = scroller.getBoundingClientRect().top;
  const row = rows[firstRowBelow(rows, top)];
  if (row === undefined) return null;
  return { row, offset: row.getBoundingClientRect().top - top, viewAt: standsAt(scroller) };
}

/** How far the anchor has moved on screen, in px: what must be added to `scrollTop` to have it back. 0 when its row is gone. */
export function drift(scroller: Element, anchor: Anchor): number {
  if (!anchor.row.isConnected) return 0;
  const offset = anchor.row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  return offset - anchor.offset + standsAt(scroller) - anchor.viewAt;
}
