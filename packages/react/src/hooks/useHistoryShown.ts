import type { ChatState } from "@parley/client";
import { useCallback } from "react";
import { useChatState } from "./useChatState.ts";

/** Whether the first messages of a conversation are on screen: from then on there is time for what comes next. */
export function useHistoryShown(conversationId: string): boolean {
  return useChatState(
    useCallback(
      (state: ChatState) => {
        const held = state.messages.get(conversationId);
        return held !== undefined && held.loading !== "page";
      },
      [conversationId],
    ),
  );
}
