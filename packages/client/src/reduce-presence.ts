import type { Presence } from "@parley/protocol";
import type { ChatState } from "./state.ts";

export function reducePresence(state: ChatState, presence: Presence): ChatState {
  const before = state.presence.get(presence.userId);
  if (before?.status === presence.status && before.lastSeenAt === presence.lastSeenAt) return state;
  return { ...state, presence: new Map(state.presence).set(presence.userId, presence) };
}
