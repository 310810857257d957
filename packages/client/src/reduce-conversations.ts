import type { Conversation } from "@parley/protocol";
import { putConversation } from "./put-conversation.ts";
import { keepPositions } from "./reduce-receipts.ts";
import type { ChatState } from "./state.ts";

/** A conversation as the server sees it at `conversation.version`: it replaces an older one, positions aside, which only grow. */
export function reduceConversation(state: ChatState, conversation: Conversation): ChatState {
  const known = state.conversations.get(conversation.id);
  if (!known) return putConversation(state, conversation);
  if (conversation.version <= known.version) return state;
  return putConversation(state, {
    ...conversation,
    participants: keepPositions(conversation.participants, known.participants),
  });
}
