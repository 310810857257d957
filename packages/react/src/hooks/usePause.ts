import type { ChatState } from "@parley/client";
import { useCallback } from "react";
import { useChatState } from "./useChatState.ts";

/** Until when the server keeps the user's next message waiting there, in milliseconds since the epoch; null: it does not. */
export function usePause(conversationId: string): number | null {
  return useChatState(useCallback((state: ChatState) => state.pauses.get(conversationId) ?? null, [conversationId]));
}
