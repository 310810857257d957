import { useEffect, useRef, useState } from "react";
import { useChat } from "../chat-context.ts";
import type { RowRange } from "./row-window.ts";

/** So many rows a slow phone renders in well under 50 ms; */
const STEP = 4;
/** of the very first ones only so many: their code has never run before. */
const FIRST_STEP = 2;
/** With so many the view is full; those above it may come while it is being read. */
const FULL_VIEW = 24;

interface FirstList {
  /** Messages have come, or there are none. */
  readonly loaded: boolean;
  /** It opens at its end, and not at one of its messages. */
  readonly atEnd: boolean;
}

export interface FirstRows {
  /** What is mounted of the range that was given; the same object when that is all. */
  readonly range: RowRange;
  /** Some of the view is not here yet. */
  readonly isFilling: boolean;
}

/**
 * The first history of a page renders its rows from its end upwards, some in each task: in between the browser can answer. None
 * in the first, the one in which they came. A list that opens at a message waits for all of them. Later histories are there at once,
 * without a look at their shapes, and so is what a server renders.
 */
export function useFirstRows(range: RowRange, { loaded, atEnd }: FirstList): FirstRows {
  const { shown } = useChat();
  const [most, setMost] = useState(0);
  const isDone = useRef(shown.history || typeof document === "undefined");
  const size = range.end - range.start;
  // One task more than rows: the one that shows them lays them out. What comes in after it takes no other row away.
  if (loaded && (size === 0 || size <= most - STEP)) isDone.current = true;
  const isPart = size > 0 && !isDone.current;
  useEffect(() => {
    if (isDone.current) shown.history = true;
    if (!isPart) return;
    const timer = setTimeout(() => setMost(most === 0 ? FIRST_STEP : most + STEP));
    return () => clearTimeout(timer);
  }, [most, isPart, shown]);
  if (!isPart) return { range, isFilling: false };
  const start = Math.max(range.start, range.end - most);
  return { range: { start, end: range.end }, isFilling: !atEnd || most < FULL_VIEW };
}
