import type { EventPayload } from "@parley/protocol";
import type { ChatState } from "./state.ts";

/**
 * A smaller number than ours comes from reading elsewhere and holds at once. A greater one is either late (read here
 * since) or early (its message is on the way): the positions will tell, so it is left alone.
 */
export function reduceUnread(state: ChatState, { conversationId, unread }: EventPayload<"unread:updated">): ChatState {
  const conversation = state.conversations.get(conversationId);
  if (!conversation || unread >= conversation.unread) return state;
  return {
    ...state,
    conversations: new Map(state.conversations).set(conversationId, { ...conversation, unread }),
    unreadTotal: state.unreadTotal + unread - conversation.unread,
  };
}
