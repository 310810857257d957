import type { KeyboardEvent } from "react";

/** Distance to its button and to the edges of the window, in px. */
const GAP = 6;

/** Where a menu opens: beside an element, or at a point of the window in px. */
export type MenuAnchor = HTMLElement | { readonly x: number; readonly y: number };

/**
 * Puts an open menu to its anchor, inside the window, and the focus on its first item: below or above the message that the anchor
 * belongs to, which stays in sight where there is room for both.
 */
export function placeMenuAt(menu: HTMLElement, anchor: MenuAnchor): void {
  const isPoint = !(anchor instanceof HTMLElement);
  const box = isPoint ? new DOMRect(anchor.x, anchor.y) : anchor.getBoundingClientRect();
  const message = isPoint ? box : (anchor.closest(".parley-row")?.getBoundingClientRect() ?? box);
  const gap = isPoint ? 0 : GAP;
  const { width, height } = menu.getBoundingClientRect();
  const fits = (top: number) => top >= GAP && top + height + GAP <= window.innerHeight;
  const above = box.top - height - gap;
  const top = [message.bottom + gap, message.top - height - gap, box.bottom + gap, above].find(fits) ?? above;
  const left = Math.min(Math.max(GAP, box.left), window.innerWidth - width - GAP);
  menu.style.top = `${Math.max(GAP, top)}px`;
  menu.style.left = `${left}px`;
  items(menu)[0]?.focus();
}

/** Arrow keys, Home and End move in a menu; Tab leaves it. Escape is the browser's. */
export function moveInMenu(event: KeyboardEvent<HTMLElement>): void {
  const menu = event.currentTarget;
  const all = items(menu);
  const at = all.indexOf(event.target as HTMLElement);
  if (event.key === "Tab") return menu.hidePopover();
  const to = targetOf(event.key, at, all.length);
  if (to === null) return;
  event.preventDefault();
  all[to]?.focus();
}

function targetOf(key: string, at: number, count: number): number | null {
  if (key === "ArrowDown" || key === "ArrowRight") return (at + 1) % count;
  if (key === "ArrowUp" || key === "ArrowLeft") return (at - 1 + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}

const items = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
