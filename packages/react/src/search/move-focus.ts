import type { KeyboardEvent } from "react";

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** Arrow keys move the focus between the buttons of a list; above the first one it is handed on. */
export function moveFocus(event: KeyboardEvent<HTMLElement>, onAbove: () => void): void {
  const step = STEPS[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const at = buttons.indexOf(event.target as HTMLElement);
  if (at === -1) return;
  event.preventDefault();
  const to = step(at, buttons.length - 1);
  if (to < 0) onAbove();
  else buttons[to]?.focus();
}
