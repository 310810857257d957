import type { FocusEvent, KeyboardEvent } from "react";

const ROW = "parley-row";
/** Buttons in a row: a tab stop only while the row has the focus. */
const ACTIONS = "[data-row-action]";
/** What a key does on a row that has the focus itself. */
const actionOf: Readonly<Record<string, string>> = {
  Enter: "menu",
  ContextMenu: "menu",
  r: "reply",
  e: "react",
  "+": "react",
};

/**
 * Moves the focus through the rows by Arrow keys, Home and End; Enter and the menu key open a row's menu, `r` replies, `e` reacts,
 * Escape and F6 leave.
 * The list has one tab stop; the rows are reached from there.
 */
export function onListKeyDown(event: KeyboardEvent<HTMLElement>, leave: () => void): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") return leave();
  if (event.key === "F6") {
    event.preventDefault();
    return leave();
  }
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>(`.${ROW}`);
  // Links and buttons in a row keep their Enter.
  const action = actionOf[event.key];
  if (row !== null && row === target && action !== undefined) act(event, row, action);
  else moveFrom(row, event);
}

function moveFrom(row: HTMLElement | null, event: KeyboardEvent<HTMLElement>): void {
  const next = rowFor(event.key, event.currentTarget, row);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function act(event: KeyboardEvent<HTMLElement>, row: HTMLElement, action: string): void {
  const button = row.querySelector<HTMLElement>(`[data-action="${action}"]`);
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
