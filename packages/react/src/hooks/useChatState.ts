import type { ChatState } from "@parley/client";
import { useRef, useSyncExternalStore } from "react";
import { useChat } from "../chat-context.ts";

/**
 * One part of the chat state; renders again only when that part changed.
 * A selector that makes a new object each time needs `isEqual`, or it would render for ever.
 */
export function useChatState<Selected>(
  selector: (state: ChatState) => Selected,
  isEqual: (a: Selected, b: Selected) => boolean = Object.is,
): Selected {
  const { store } = useChat().client;
  const memo = useRef<{ state: ChatState; selector: typeof selector; selected: Selected } | null>(null);
  const getSnapshot = () => {
    const state = store.getState();
    const last = memo.current;
    if (last !== null && last.state === state && last.selector === selector) return last.selected;
    const next = selector(state);
    const selected = last !== null && isEqual(last.selected, next) ? last.selected : next;
    memo.current = { state, selector, selected };
    return selected;
  };
  return useSyncExternalStore(store.subscribe, getSnapshot, getSnapshot);
}
