/** A message, and how far its row stands below the upper edge of the view, in px. */
export interface Place {
  readonly seq: number;
  readonly offset: number;
}

/** Where the list is to go: to its end, or to a message. */
export type Target = "end" | MessageTarget;

export interface MessageTarget {
  readonly seq: number;
  /** `middle`, `upper` third, or so many px below the upper edge. */
  readonly at: "middle" | "upper" | number;
  /** Calls attention to the message, and gives it the focus. */
  readonly flash: boolean;
}

/** How far below the upper edge of the view a row stands at least, in px: the day lies there, and "New" above what is unread. */
const CLEAR = { middle: 48, upper: 72 };

/** By how much to scroll, in px, so that the row stands where the target wants it. Positive: down. */
export function distanceTo(target: MessageTarget, row: DOMRect, view: DOMRect): number {
  if (typeof target.at === "number") return row.top - view.top - target.at;
  // A message that is higher than the view is shown from its beginning.
  const free = view.height - row.height;
  const share = target.at === "middle" ? 0.5 : 0.25;
  return row.top - view.top - Math.max(CLEAR[target.at], free * share);
}
