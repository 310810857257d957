import type { ChatStore } from "./chat-client.ts";
import { initialState } from "./initial-state.ts";
import type { ChatState } from "./state.ts";

/** The store as the client itself sees it: others may only read. */
export interface WritableStore extends ChatStore {
  /** One change, one notice. A change that returns the same state notifies nobody. */
  update(change: (state: ChatState) => ChatState): void;
}

export function createStore(): WritableStore {
  let state = initialState;
  // By subscription: the same function may listen twice, and stop once.
  const subscriptions = new Set<{ readonly listener: () => void }>();
  return {
    getState: () => state,
    subscribe: (listener) => {
      const subscription = { listener };
      subscriptions.add(subscription);
      return () => void subscriptions.delete(subscription);
    },
    update: (change) => {
      const before = state;
      state = change(before);
      if (state !== before) subscriptions.forEach(({ listener }) => listener());
    },
  };
}
