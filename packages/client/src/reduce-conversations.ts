import type { Conversation } from "@parley/protocol";
import { putConversation } from "./put-conversation.ts";
import { newerPreferences, reducePreferences } from "./reduce-preferences.ts";
import { keepPositions } from "./reduce-receipts.ts";
import type { ChatState } from "./state.ts";

/**
 * A conversation as the server sees it at `conversation.version`: it replaces an older one, but for positions, which
 * only grow, and preferences, which have a version of their own.
 */
export function reduceConversation(state: ChatState, conversation: Conversation): ChatState {
  const known = state.conversations.get(conversation.id);
  if (!known) return putConversation(state, conversation);
  const { id: conversationId, preferences } = conversation;
  if (conversation.version <= known.version) return reducePreferences(state, { conversationId, preferences });
  return putConversation(state, {
    ...conversation,
    participants: keepPositions(conversation.participants, known.participants),
    preferences: newerPreferences(known.preferences, preferences),
  });
}
