import type { ChatState } from "@parley/client";
import { useCallback } from "react";
import { useChatState } from "./useChatState.ts";

/** Whether the first messages of a conversation are on screen: from then on there is time for what comes next. */
export function useHistoryShown(conversationId: string): boolean {
  return useChatState(
    useCallback(
      (state: ChatState) => (state.messages.get(conversationId)?.loading ?? "page") !== "page",
      [conversationId],
    ),
  );
}
