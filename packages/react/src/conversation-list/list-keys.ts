/** How many lines a page key moves. */
const PAGE = 8;

/** To which line of the inbox a key moves, from line `at` of `count`; null: it is not a key of the list. */
export function moveInList(key: string, at: number, count: number): number | null {
  const last = count - 1;
  switch (key) {
    case "ArrowDown":
      return Math.min(last, at + 1);
    case "ArrowUp":
      return Math.max(0, at - 1);
    case "PageDown":
      return Math.min(last, at + PAGE);
    case "PageUp":
      return Math.max(0, at - PAGE);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}

/** The keys that open a context menu. */
export const opensMenu = ({ key, shiftKey }: { key: string; shiftKey: boolean }): boolean =>
  key === "ContextMenu" || (key === "F10" && shiftKey);
