import type { ChatState } from "./state.ts";

/** Before anything is known. */
export const initialState: ChatState = {
  self: null,
  settings: null,
  types: new Map(),
  connection: { status: "idle", retryAt: null },
  ready: false,
  conversations: new Map(),
  messages: new Map(),
  outbox: new Map(),
  pauses: new Map(),
  pins: new Map(),
  reacting: new Map(),
  typing: new Map(),
  presence: new Map(),
  unreadTotal: 0,
};
