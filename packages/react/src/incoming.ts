import { type ChatState, type ChatStore, isMuted } from "@parley/client";
import type { Conversation, Message } from "@parley/protocol";

/** A message that just came in from somebody else, and is not read yet. */
export interface Incoming {
  readonly conversation: Conversation;
  /** The newest one of that conversation. */
  readonly message: Message;
  /** How many came at once. */
  readonly count: number;
  readonly muted: boolean;
  /** It names the person who is signed in. */
  readonly mentionsMe: boolean;
}

/**
 * Calls back with what came in, conversation by conversation; what was there at the start is nothing new.
 * Returns how to stop.
 */
export function watchIncoming(
  store: ChatStore,
  told: (incoming: readonly Incoming[]) => void,
  now = Date.now,
): () => void {
  let before: ChatState | null = null;
  const look = () => {
    const state = store.getState();
    const last = before;
    before = state;
    if (last === null || !last.ready || last.conversations === state.conversations) return;
    const incoming: Incoming[] = [];
    for (const conversation of state.conversations.values()) {
      const known = last.conversations.get(conversation.id);
      if (known === conversation) continue;
      const news = newsOf(conversation, known, state, now());
      if (news !== null) incoming.push(news);
    }
    if (incoming.length > 0) told(incoming);
  };
  look();
  return store.subscribe(look);
}

function newsOf(
  conversation: Conversation,
  known: Conversation | undefined,
  state: ChatState,
  now: number,
): Incoming | null {
  const message = conversation.lastMessage;
  const selfId = state.self?.id;
  if (message === null || message.deletedAt !== null || message.senderId === selfId) return null;
  const count = Math.min(conversation.unread, conversation.lastSeq - (known?.lastSeq ?? 0));
  if (count <= 0) return null;
  const mentionsMe = selfId !== undefined && message.mentions.includes(selfId);
  return { conversation, message, count, muted: isMuted(conversation, now), mentionsMe };
}
