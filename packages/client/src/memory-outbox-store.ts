import { inSendingOrder, type OpenOutboxStore } from "./outbox-store.ts";
import type { OutboxMessage } from "./state.ts";

/** An outbox that lives as long as what this returns; stores of the same scope share their entries, as tabs do. */
export function memoryOutbox(): OpenOutboxStore {
  const scopes = new Map<string, Map<string, OutboxMessage>>();
  return (scope) => {
    const entries = scopes.get(scope) ?? new Map<string, OutboxMessage>();
    scopes.set(scope, entries);
    return {
      readAll: async () => [...entries.values()].sort(inSendingOrder),
      put: async (entry) => {
        entries.set(entry.clientMessageId, entry);
      },
      remove: async (clientMessageId) => {
        entries.delete(clientMessageId);
      },
      close: () => undefined,
    };
  };
}
