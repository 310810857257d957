import type { EventPayload, Preferences } from "@parley/protocol";
import { putConversation } from "./put-conversation.ts";
import type { ChatState } from "./state.ts";

/** Preferences have a version of their own: an older one than is held changes nothing, nor the same again. */
export function reducePreferences(
  state: ChatState,
  { conversationId, preferences }: EventPayload<"preferences:updated">,
): ChatState {
  const conversation = state.conversations.get(conversationId);
  if (!conversation || newerPreferences(conversation.preferences, preferences) === conversation.preferences)
    return state;
  return putConversation(state, { ...conversation, preferences });
}

/** Of the same version the one that is held: it may show what the server has not confirmed yet. */
export const newerPreferences = (held: Preferences, other: Preferences): Preferences =>
  other.version > held.version ? other : held;
