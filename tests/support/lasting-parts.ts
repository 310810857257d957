import type { ChatClient } from "@parley/client";
import type { Conversation } from "@parley/protocol";

/** What of a client's state is no matter of the moment and of what was loaded, in an order of its own. */
export function lastingParts(client: ChatClient): { conversations: Conversation[]; unreadTotal: number } {
  const { conversations, unreadTotal } = client.store.getState();
  return { conversations: [...conversations.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), unreadTotal };
}
