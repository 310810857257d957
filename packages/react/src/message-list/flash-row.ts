import type { MessageTarget } from "./place.ts";

/** Longer than the animation, in ms. */
const FLASH_MS = 1_800;

/** Shows which message was meant, to eyes by a flash and to everybody else by the focus. */
export function flashRow(row: HTMLElement, { flash }: MessageTarget): void {
  if (!flash) return;
  row.focus({ preventScroll: true });
  row.removeAttribute("data-flash");
  requestAnimationFrame(() => row.setAttribute("data-flash", ""));
  setTimeout(() => row.removeAttribute("data-flash"), FLASH_MS);
}
