import { isBlank } from "@parley/protocol";

/** What turns the letters behind it around: with it one name could be shown as another. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;

/** A name or a title as others see it; null when there is nothing to see. */
export function shownLine(line: string | null): string | null {
  const shown = line?.replaceAll(TURNING, "") ?? "";
  return isBlank(shown) ? null : shown;
}
