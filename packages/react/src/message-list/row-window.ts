/**
 * Which rows of the timeline are mounted: at most `MAX_ROWS`, moved in pages of `PAGE_ROWS`.
 * Rows are named by key, since indexes move whenever an older page arrives.
 */
export interface RowWindow {
  /** Key of the first mounted row; null: nothing was mounted yet. */
  readonly firstKey: string | null;
  /** Key of the last mounted row; null: follows the newest message. */
  readonly lastKey: string | null;
}

/** `end` is exclusive. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

export const PAGE_ROWS = 50;
export const MAX_ROWS = 200;
/** While somebody scrolls on and on, the new side stays for as long as it can: dropping it writes to the scroll position. */
export const MAX_ROWS_SCROLLING = 2 * MAX_ROWS;

type Keyed = { readonly key: string };

export const followNewest: RowWindow = { firstKey: null, lastKey: null };

const indexOfKey = (rows: readonly Keyed[], key: string | null) =>
  key === null ? -1 : rows.findIndex((row) => row.key === key);

/** The rows to mount now. A key that is gone (the history started over) means: the newest page. */
export function resolveRange(window: RowWindow, rows: readonly Keyed[]): RowRange {
  const last = indexOfKey(rows, window.lastKey);
  const end = last < 0 ? rows.length : last + 1;
  const first = indexOfKey(rows, window.firstKey);
  const newestPage = Math.max(0, end - PAGE_ROWS);
  if (first < 0 || first >= end) return { start: newestPage, end };
  // Following the newest, the old side gives way by itself: above the viewport that moves nothing.
  if (last < 0 && end - first > MAX_ROWS) return { start: end - MAX_ROWS + PAGE_ROWS, end };
  return { start: first, end };
}

const toWindow = (range: RowRange, rows: readonly Keyed[], following: boolean): RowWindow => ({
  firstKey: rows[range.start]?.key ?? null,
  lastKey: following ? null : (rows[range.end - 1]?.key ?? null),
});

/** A page with this row in its middle; it follows the newest when it ends with it. */
export function showAround(index: number, rows: readonly Keyed[]): RowWindow {
  const end = Math.min(rows.length, Math.max(index, 0) + PAGE_ROWS / 2);
  return toWindow({ start: Math.max(0, end - PAGE_ROWS), end }, rows, end === rows.length);
}

/** One page more on the old side. The new side is trimmed later, when scrolling has stopped. */
export function showOlder(window: RowWindow, rows: readonly Keyed[]): RowWindow {
  const { start, end } = resolveRange(window, rows);
  const following = window.lastKey === null;
  const older = Math.max(0, start - PAGE_ROWS);
  // Following the newest, the old side would be trimmed again at once.
  if (older === start || (following && end - older > MAX_ROWS)) return window;
  return toWindow({ start: older, end: Math.min(end, older + MAX_ROWS_SCROLLING) }, rows, following);
}

/** One page more on the new side; the old side is trimmed at once, which moves nothing. */
export function showNewer(window: RowWindow, rows: readonly Keyed[]): RowWindow {
  const range = resolveRange(window, rows);
  const end = Math.min(rows.length, range.end + PAGE_ROWS);
  if (end === range.end) return window;
  return toWindow({ start: Math.max(range.start, end - MAX_ROWS), end }, rows, false);
}

/** Drops rows of the new side that exceed the limit. */
export function trimNewer(window: RowWindow, rows: readonly Keyed[]): RowWindow {
  const { start, end } = resolveRange(window, rows);
  if (end - start <= MAX_ROWS) return window;
  return toWindow({ start, end: start + MAX_ROWS }, rows, false);
}

/** The reader has left the end: what comes in from now on waits below. */
export function holdStill(window: RowWindow, rows: readonly Keyed[]): RowWindow {
  return window.lastKey === null ? toWindow(resolveRange(window, rows), rows, false) : window;
}

/** The reader is at the end of everything: new messages show at once. */
export function follow(window: RowWindow, rows: readonly Keyed[]): RowWindow {
  return window.lastKey === null ? window : toWindow(resolveRange(window, rows), rows, true);
}
