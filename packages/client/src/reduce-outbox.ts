import { inSendingOrder } from "./outbox-store.ts";
import type { ChatState, OutboxMessage } from "./state.ts";
import { withoutKey } from "./without-key.ts";

/** Adds the entry in the order of sending, or replaces the one with the same clientMessageId. */
export function putOutboxMessage(state: ChatState, entry: OutboxMessage): ChatState {
  const others = (state.outbox.get(entry.conversationId) ?? []).filter(
    ({ clientMessageId }) => clientMessageId !== entry.clientMessageId,
  );
  const entries = [...others, entry].sort(inSendingOrder);
  return { ...state, outbox: new Map(state.outbox).set(entry.conversationId, entries) };
}

export function dropOutboxMessage(state: ChatState, conversationId: string, clientMessageId: string): ChatState {
  const waiting = state.outbox.get(conversationId);
  if (!waiting?.some((entry) => entry.clientMessageId === clientMessageId)) return state;
  const rest = waiting.filter((entry) => entry.clientMessageId !== clientMessageId);
  const outbox =
    rest.length > 0 ? new Map(state.outbox).set(conversationId, rest) : withoutKey(state.outbox, conversationId);
  return { ...state, outbox };
}

/** `until`: milliseconds since the epoch; null when sending goes on. */
export function putPause(state: ChatState, conversationId: string, until: number | null): ChatState {
  const pauses =
    until === null ? withoutKey(state.pauses, conversationId) : new Map(state.pauses).set(conversationId, until);
  return { ...state, pauses };
}

/** The entry as the state shows it. */
export function findOutboxMessage(
  state: ChatState,
  conversationId: string,
  clientMessageId: string,
): OutboxMessage | undefined {
  return state.outbox.get(conversationId)?.find((entry) => entry.clientMessageId === clientMessageId);
}
