import type { FocusEvent, KeyboardEvent } from "react";

const ROW = "parley-row";
const ACTIONS = ".parley-actions-button";

/**
 * Moves the focus through the rows by Arrow keys, Home and End; Enter and the menu key open a row's actions, Escape leaves.
 * The list has one tab stop; the rows are reached from there.
 */
export function onListKeyDown(event: KeyboardEvent<HTMLElement>, leave: () => void): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") return leave();
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>(`.${ROW}`);
  // Links and buttons in a row keep their Enter.
  if (row === target && (event.key === "Enter" || event.key === "ContextMenu")) openActions(event, row);
  else moveFrom(row, event);
}

function moveFrom(row: HTMLElement | null, event: KeyboardEvent<HTMLElement>): void {
  const next = rowFor(event.key, event.currentTarget, row);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function openActions(event: KeyboardEvent<HTMLElement>, row: HTMLElement): void {
  const button = row.querySelector<HTMLElement>(ACTIONS);
  if (button === null) return;
  event.preventDefault();
  button.click();
}

function rowFor(key: string, list: HTMLElement, row: HTMLElement | null): HTMLElement | undefined {
  const rows = [...list.getElementsByClassName(ROW)] as HTMLElement[];
  if (key === "Home") return rows[0];
  if (key === "End") return rows.at(-1);
  if (key !== "ArrowUp" && key !== "ArrowDown") return undefined;
  if (row === null) return rows.at(-1);
  return rows[rows.indexOf(row) + (key === "ArrowUp" ? -1 : 1)];
}

/** Only the actions of the focused row are a tab stop: two hundred of them would be a wall. */
export function onListFocus(event: FocusEvent<HTMLElement>): void {
  const row = event.target.closest(`.${ROW}`);
  for (const button of event.currentTarget.querySelectorAll<HTMLElement>(ACTIONS)) {
    const tabIndex = row?.contains(button) === true ? 0 : -1;
    if (button.tabIndex !== tabIndex) button.tabIndex = tabIndex;
  }
}
