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

/** Puts a conversation, works its unread number out from the positions, and keeps the total true. */
export function putConversation(state: ChatState, conversation: Conversation): ChatState {
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
