import type { ChatState } from "@parley/client";
import type { Message } from "@parley/protocol";
import { useCallback } from "react";
import { useChatState } from "./useChatState.ts";

/** The newest own text that can still be changed, for Arrow-Up in an empty composer. None while a newer one is on its way: that one is meant. */
export function useLastOwnMessage(conversationId: string): Message | undefined {
  return useChatState(
    useCallback(
      (state: ChatState) =>
        state.outbox.get(conversationId)?.length
          ? undefined
          : state.messages
              .get(conversationId)
              ?.items.findLast(
                (message) =>
                  message.senderId === state.self?.id && message.kind === "text" && message.deletedAt === null,
              ),
      [conversationId],
    ),
  );
}
