import type { ChatState } from "./state.ts";

/**
 * Everything that the server had told goes; windows stay open, empty, to be filled by what comes now. The outbox stays: the
 * server has none of it.
 */
export function forgetConversations(state: ChatState): ChatState {
  const emptied = [...state.messages].map(([id, window]) => [id, { ...window, items: [], hasOlder: false }] as const);
  return {
    ...state,
    conversations: new Map(),
    messages: new Map(emptied),
    pins: new Map(),
    reacting: new Map(),
    typing: new Map(),
    unreadTotal: 0,
  };
}

/** Windows of conversations that did not come back; the same state when there are none. */
export function dropLostWindows(state: ChatState): ChatState {
  const kept = [...state.messages].filter(([id]) => state.conversations.has(id));
  return kept.length === state.messages.size ? state : { ...state, messages: new Map(kept) };
}
