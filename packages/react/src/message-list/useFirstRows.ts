import { useEffect, useState } from "react";
import type { RowRange } from "./row-window.ts";

/** So many rows a slow phone renders and lays out in about 50 ms. */
const STEP = 6;
/** With so many the view is full; those above it may come while it is being read. */
const FULL_VIEW = 24;

/**
 * A list that opens at its end renders its rows from there upwards, some in each task: in between the browser can answer. None in the first: that is
 * the one in which they came. `opening` says that the view is not full yet. A server renders all of them.
 */
export function useFirstRows(range: RowRange, atEnd: boolean): { readonly range: RowRange; readonly opening: boolean } {
  const [most, setMost] = useState(() => (atEnd && typeof document !== "undefined" ? 0 : Number.POSITIVE_INFINITY));
  const size = range.end - range.start;
  const isPart = size > most;
  useEffect(() => {
    if (size === 0 || most === Number.POSITIVE_INFINITY) return;
    const timer = setTimeout(() => setMost(size > most ? most + STEP : Number.POSITIVE_INFINITY));
    return () => clearTimeout(timer);
  }, [size, most]);
  if (!isPart) return { range, opening: false };
  return { range: { start: range.end - most, end: range.end }, opening: most < FULL_VIEW };
}
