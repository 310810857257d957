import type { Conversation } from "@parley/protocol";
import { useCallback } from "react";
import type { ChatState } from "@parley/client";
import { useChatState } from "./useChatState.ts";

/** One conversation, undefined when the person takes no part in it (or before the first catch-up). */
export function useConversation(conversationId: string): Conversation | undefined {
  return useChatState(useCallback((state: ChatState) => state.conversations.get(conversationId), [conversationId]));
}
