import { type ChatState, selectAttention } from "@parley/client";
import { useCallback } from "react";
import { withoutSeen } from "../reading.ts";
import { useChatState } from "./useChatState.ts";
import { useNow } from "./useNow.ts";
import { useReading } from "./useReading.ts";

/**
 * What calls for attention: unread messages of conversations that are neither muted nor archived, and one for each of those
 * that was marked as unread; not what comes in while somebody looks at it here. With an id: the unread messages of that conversation, muted or not.
 */
export function useUnreadCount(conversationId?: string): number {
  // A mute runs out by itself.
  const now = useNow(60_000);
  const reading = useReading();
  return useChatState(
    useCallback(
      (state: ChatState) => {
        const conversations = withoutSeen(state.conversations, reading);
        if (conversationId === undefined) return selectAttention({ ...state, conversations }, now);
        return conversations.get(conversationId)?.unread ?? 0;
      },
      [conversationId, now, reading],
    ),
  );
}
