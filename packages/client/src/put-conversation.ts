import type { Conversation, Participant } from "@parley/protocol";
import type { ChatState } from "./state.ts";
import { withoutKey } from "./without-key.ts";

/** The user's own participation; undefined before it is known who the user is. */
function ownParticipant(state: ChatState, conversation: Conversation): Participant | undefined {
  const selfId = state.self?.id;
  return conversation.participants.find((participant) => participant.user.id === selfId);
}

/** A conversation that is there together with the user's own participation in it. */
export function findOwn(
  state: ChatState,
  conversationId: string,
): { conversation: Conversation; own: Participant } | null {
  const conversation = state.conversations.get(conversationId);
  const own = conversation && ownParticipant(state, conversation);
  return conversation && own ? { conversation, own } : null;
}

/**
 * Puts a conversation, works its unread number out from the positions, and keeps the total true. Whoever does not tell what
 * they read is not told of others: whatever an event says of those, they stand at 0, as in a fetch.
 */
export function putConversation(state: ChatState, given: Conversation): ChatState {
  const conversation = state.settings?.readReceipts === false ? withoutReads(state, given) : given;
  const before = state.conversations.get(conversation.id);
  if (conversation === before) return state;
  const own = ownParticipant(state, conversation);
  const unread = own ? Math.max(0, conversation.lastSeq - own.readSeq) : conversation.unread;
  const counted = unread === conversation.unread ? conversation : { ...conversation, unread };
  return {
    ...state,
    conversations: new Map(state.conversations).set(conversation.id, counted),
    unreadTotal: state.unreadTotal + unread - (before?.unread ?? 0),
  };
}

/** The same object when nothing has to be hidden. */
function withoutReads(state: ChatState, conversation: Conversation): Conversation {
  const selfId = state.self?.id;
  const isHidden = ({ user, readSeq }: Participant) => user.id === selfId || readSeq === 0;
  if (selfId === undefined || conversation.participants.every(isHidden)) return conversation;
  const participants = conversation.participants.map((one) => (isHidden(one) ? one : { ...one, readSeq: 0 }));
  return { ...conversation, participants };
}

/** Forgets a conversation and everything that hangs on it but the outbox, which its sender settles. */
export function dropConversation(state: ChatState, conversationId: string): ChatState {
  const before = state.conversations.get(conversationId);
  if (!before) return state;
  const conversations = withoutKey(state.conversations, conversationId);
  const shared = new Set(
    [...conversations.values()].flatMap((conversation) => conversation.participants.map(({ user }) => user.id)),
  );
  return {
    ...state,
    conversations,
    messages: withoutKey(state.messages, conversationId),
    pins: withoutKey(state.pins, conversationId),
    typing: withoutKey(state.typing, conversationId),
    presence: new Map([...state.presence].filter(([userId]) => shared.has(userId))),
    unreadTotal: state.unreadTotal - before.unread,
  };
}
