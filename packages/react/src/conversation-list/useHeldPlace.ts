import type { Conversation } from "@parley/protocol";
import { type RefObject, useLayoutEffect, useRef } from "react";
import type { VirtualizerHandle } from "virtua";

/**
 * Whoever has scrolled down goes on seeing the same lines when others come in above them, or leave from there: a message moves
 * its conversation to the top. At the top itself the list shows what is new.
 */
export function useHeldPlace(
  conversations: readonly Conversation[],
  scroller: RefObject<HTMLElement | null>,
  virtual: RefObject<VirtualizerHandle | null>,
): void {
  const before = useRef(conversations);
  useLayoutEffect(() => {
    const known = before.current;
    before.current = conversations;
    const { current: list } = virtual;
    if (known === conversations || list === null || scroller.current === null || list.scrollOffset <= 0) return;
    // Places go by index: the line that was the first in view is found by the old order.
    const index = list.findItemIndex(list.scrollOffset);
    const id = known[index]?.id;
    const now = conversations.findIndex((conversation) => conversation.id === id);
    if (now < 0 || now === index) return;
    // At once: the list's own way of scrolling waits for a frame, in which the lines would stand elsewhere.
    scroller.current.scrollTop += list.getItemOffset(now) - list.getItemOffset(index);
  }, [conversations, scroller, virtual]);
}
