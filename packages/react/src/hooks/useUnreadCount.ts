import type { ChatState } from "@parley/client";
import { useCallback } from "react";
import { useChatState } from "./useChatState.ts";

/** Unread messages in all conversations, or in one. */
export function useUnreadCount(conversationId?: string): number {
  return useChatState(
    useCallback(
      (state: ChatState) =>
        conversationId === undefined ? state.unreadTotal : (state.conversations.get(conversationId)?.unread ?? 0),
      [conversationId],
    ),
  );
}
