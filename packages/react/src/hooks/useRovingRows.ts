import type { Conversation } from "@parley/protocol";
import { type FocusEvent, type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import { moveInList } from "../conversation-list/list-keys.ts";

/** A line that was just mounted is measured, and so visible, within a few frames. */
const FRAMES = 12;

export interface RovingRows {
  /** The one line that Tab comes to; it stays mounted wherever the list is scrolled. -1: the list is empty. */
  readonly activeIndex: number;
  focusRow(index: number): void;
  /** Handlers for the element around all lines. */
  readonly handlers: {
    onFocus(event: FocusEvent<HTMLElement>): void;
    onBlur(event: FocusEvent<HTMLElement>): void;
    onKeyDown(event: KeyboardEvent<HTMLElement>): void;
  };
}

/** One tab stop for a long list: arrows move it, and when its line goes away the focus goes to the line in its place. */
export function useRovingRows(
  conversations: readonly Conversation[],
  selectedId: string | undefined,
  list: RefObject<HTMLElement | null>,
  virtual: RefObject<VirtualizerHandle | null>,
): RovingRows {
  const [activeId, setActiveId] = useState<string | null>(null);
  const focusInside = useRef(false);
  const lastIndex = useRef(0);
  const found = indexOf(conversations, activeId);
  const activeIndex = found >= 0 ? found : restingIndex(conversations, selectedId, focusInside.current, lastIndex);

  const focusRow = useCallback(
    (index: number) => {
      const target = conversations[index];
      if (target === undefined) return;
      setActiveId(target.id);
      virtual.current?.scrollToIndex(index, { align: "nearest" });
      focusWhenShown(list, target.id, FRAMES);
    },
    [conversations, list, virtual],
  );
  useEffect(() => {
    if (found >= 0) lastIndex.current = found;
    else if (activeId !== null && focusInside.current && hasLostFocus(list.current)) focusRow(activeIndex);
  }, [found, activeId, activeIndex, focusRow, list]);

  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    focusInside.current = true;
    const id = rowIdOf(target);
    if (id !== null) setActiveId(id);
  };
  const onBlur = ({ relatedTarget, currentTarget }: FocusEvent<HTMLElement>) => {
    if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) focusInside.current = false;
  };
  return {
    activeIndex,
    focusRow,
    handlers: { onFocus, onBlur, onKeyDown: moveBy(conversations, activeIndex, focusRow) },
  };
}

const moveBy =
  (conversations: readonly Conversation[], at: number, focusRow: (index: number) => void) =>
  (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = moveInList(event.key, at, conversations.length);
    if (to === null) return;
    event.preventDefault();
    focusRow(to);
  };

const indexOf = (conversations: readonly Conversation[], id: string | null | undefined) =>
  id == null ? -1 : conversations.findIndex((conversation) => conversation.id === id);

/** Where Tab comes to while no line was chosen by the focus: in the place of the one that went away, else the open one, else the first. */
function restingIndex(
  conversations: readonly Conversation[],
  selectedId: string | undefined,
  focusInside: boolean,
  lastIndex: RefObject<number>,
): number {
  const last = conversations.length - 1;
  if (focusInside) return Math.min(last, lastIndex.current);
  return Math.min(last, Math.max(0, indexOf(conversations, selectedId)));
}

export const rowIdOf = (target: EventTarget): string | null =>
  target instanceof HTMLElement ? (target.closest<HTMLElement>("[data-id]")?.dataset.id ?? null) : null;

/** The element with the focus was taken out of the page. Knows shadow roots. */
function hasLostFocus(list: HTMLElement | null): boolean {
  const root = list?.getRootNode() as Document | ShadowRoot | undefined;
  return root?.activeElement == null || root.activeElement === document.body;
}

/** At once where the line is mounted and measured, else as soon as it is. */
function focusWhenShown(list: RefObject<HTMLElement | null>, id: string, frames: number): void {
  const link = list.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"] a`);
  link?.focus({ preventScroll: true });
  const root = list.current?.getRootNode() as Document | ShadowRoot | undefined;
  const done = link != null && root?.activeElement === link;
  if (!done && frames > 0 && list.current !== null) {
    requestAnimationFrame(() => focusWhenShown(list, id, frames - 1));
  }
}
