import type { ChatState, ChatStore } from "@parley/client";
import type { Conversation } from "@parley/protocol";

/** By conversation that is being looked at: its last seq when the look began. */
export type Reading = ReadonlyMap<string, number>;

const nothing: Reading = new Map();
const byStore = new WeakMap<ChatStore, Reading>();
const listeners = new Set<() => void>();

export const readingOf = (store: ChatStore): Reading => byStore.get(store) ?? nothing;

/** Calls back when a look begins or ends, in whatever store. Returns how to stop. */
export function watchReading(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Somebody looks at the end of the conversation. Returns how to end it. */
export function beginReading(store: ChatStore, conversationId: string): () => void {
  const from = store.getState().conversations.get(conversationId)?.lastSeq;
  change(store, (reading) => from !== undefined && reading.set(conversationId, from));
  return () => change(store, (reading) => reading.delete(conversationId));
}

function change(store: ChatStore, edit: (reading: Map<string, number>) => unknown): void {
  const reading = new Map(readingOf(store));
  edit(reading);
  byStore.set(store, reading);
  for (const listener of listeners) listener();
}

/**
 * The conversations as this page shows them: what came in under somebody's eyes is not unread, though the server hears of it
 * two seconds later. The same map where that changes nothing.
 */
export function withoutSeen(conversations: ChatState["conversations"], reading: Reading): ChatState["conversations"] {
  let shown: Map<string, Conversation> | null = null;
  for (const [id, from] of reading) {
    const conversation = conversations.get(id);
    if (conversation === undefined) continue;
    const unread = Math.max(0, conversation.unread - Math.max(0, conversation.lastSeq - from));
    if (unread === conversation.unread) continue;
    shown ??= new Map(conversations);
    shown.set(id, { ...conversation, unread });
  }
  return shown ?? conversations;
}
