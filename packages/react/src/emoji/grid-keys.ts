import type { KeyboardEvent } from "react";

/** Arrow keys, Home and End move through a grid of buttons, whatever number of them fits into a line. */
export function moveInGrid(event: KeyboardEvent<HTMLElement>): void {
  const cells = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const at = cells.indexOf(event.target as HTMLElement);
  const to = targetOf(event.key, at, cells, isRightToLeft(event.currentTarget));
  if (at < 0 || to === null) return;
  event.preventDefault();
  cells[Math.min(Math.max(0, to), cells.length - 1)]?.focus();
}

function targetOf(key: string, at: number, cells: readonly HTMLElement[], flipped: boolean): number | null {
  const forth = flipped ? -1 : 1;
  switch (key) {
    case "ArrowRight":
      return at + forth;
    case "ArrowLeft":
      return at - forth;
    case "ArrowDown":
      return at + columnsOf(cells);
    case "ArrowUp":
      return at - columnsOf(cells);
    case "Home":
      return 0;
    default:
      return key === "End" ? cells.length - 1 : null;
  }
}

function columnsOf(cells: readonly HTMLElement[]): number {
  const second = cells.findIndex((cell) => cell.offsetTop > (cells[0]?.offsetTop ?? 0));
  return second < 0 ? cells.length : second;
}

const isRightToLeft = (element: Element) => getComputedStyle(element).direction === "rtl";
