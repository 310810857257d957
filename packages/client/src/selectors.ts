import type { Conversation } from "@parley/protocol";
import type { ChatState } from "./state.ts";

export const selectUnreadTotal = (state: ChatState): number => state.unreadTotal;

/** Put away by the user, and nothing was said there since. */
export const isArchived = ({ preferences, lastSeq }: Conversation): boolean =>
  preferences.archivedSeq !== null && preferences.archivedSeq >= lastSeq;

/** `now`: milliseconds since the epoch. */
export const isMuted = ({ preferences }: Conversation, now: number): boolean =>
  preferences.mutedUntil !== null && Date.parse(preferences.mutedUntil) > now;

/**
 * How much calls for the user: what is unread where nothing is muted or archived; what is marked as unread there counts as
 * one at least. `now`: milliseconds since the epoch.
 */
export const selectAttention = (state: ChatState, now: number): number =>
  [...state.conversations.values()].reduce((sum, conversation) => sum + attentionTo(conversation, now), 0);

function attentionTo(conversation: Conversation, now: number): number {
  if (isArchived(conversation) || isMuted(conversation, now)) return 0;
  return Math.max(conversation.unread, conversation.preferences.markedUnread ? 1 : 0);
}

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
