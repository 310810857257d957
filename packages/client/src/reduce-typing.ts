import { type EventPayload, limits } from "@parley/protocol";
import type { ChatState } from "./state.ts";
import { withoutKey } from "./without-key.ts";

/** A lease: it runs out 3 s after `now` unless it is renewed. */
export function reduceTyping(state: ChatState, event: EventPayload<"typing:updated">, now: number): ChatState {
  const { conversationId, userId, typing } = event;
  if (!typing) return endTyping(state, conversationId, userId);
  if (userId === state.self?.id || !state.conversations.has(conversationId)) return state;
  const people = new Map(state.typing.get(conversationId)).set(userId, now + limits.typingExpiresMs);
  return { ...state, typing: new Map(state.typing).set(conversationId, people) };
}

export function endTyping(state: ChatState, conversationId: string, userId: string): ChatState {
  const people = state.typing.get(conversationId);
  if (!people?.has(userId)) return state;
  const rest = withoutKey(people, userId);
  const typing =
    rest.size > 0 ? new Map(state.typing).set(conversationId, rest) : withoutKey(state.typing, conversationId);
  return { ...state, typing };
}

/** Ends every lease that has run out at `now`. */
export function expireTyping(state: ChatState, now: number): ChatState {
  let next = state;
  for (const [conversationId, people] of state.typing) {
    for (const [userId, expiresAt] of people) if (expiresAt <= now) next = endTyping(next, conversationId, userId);
  }
  return next;
}
