import { type ChatState, selectAttention } from "@parley/client";
import { useCallback } from "react";
import { useChatState } from "./useChatState.ts";
import { useNow } from "./useNow.ts";

/**
 * What calls for attention: unread messages of conversations that are neither muted nor archived, and one for each that was
 * marked as unread. With an id: the unread messages of that conversation, muted or not.
 */
export function useUnreadCount(conversationId?: string): number {
  // A mute runs out by itself.
  const now = useNow(60_000);
  return useChatState(
    useCallback(
      (state: ChatState) =>
        conversationId === undefined
          ? selectAttention(state, now)
          : (state.conversations.get(conversationId)?.unread ?? 0),
      [conversationId, now],
    ),
  );
}
