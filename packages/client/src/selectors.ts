import type { Conversation } from "@parley/protocol";
import type { ChatState } from "./state.ts";

export const selectUnreadTotal = (state: ChatState): number => state.unreadTotal;

const sorted = new WeakMap<ChatState["conversations"], readonly Conversation[]>();

/** The inbox: newest activity first, then by id. The same array as long as no conversation changed. */
export function selectConversationsByActivity(state: ChatState): readonly Conversation[] {
  const before = sorted.get(state.conversations);
  if (before) return before;
  const list = [...state.conversations.values()].sort(byActivity);
  sorted.set(state.conversations, list);
  return list;
}

function byActivity(a: Conversation, b: Conversation): number {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt < b.updatedAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
