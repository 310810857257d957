import { createStore as createVanillaStore } from "zustand/vanilla";
import type { ChatStore } from "./chat-client.ts";
import { initialState } from "./initial-state.ts";
import type { ChatState } from "./state.ts";

/** The store as the client itself sees it: others may only read. */
export interface WritableStore extends ChatStore {
  /** One change, one notice. A change that returns the same state notifies nobody. */
  update(change: (state: ChatState) => ChatState): void;
}

export function createStore(): WritableStore {
  const vanilla = createVanillaStore<ChatState>(() => initialState);
  return {
    getState: vanilla.getState,
    subscribe: (listener) => vanilla.subscribe(() => listener()),
    update: (change) => vanilla.setState(change, true),
  };
}
