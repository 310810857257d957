import type { ChatState } from "@parley/client";
import type { Presence } from "@parley/protocol";
import { useCallback } from "react";
import { useChatState } from "./useChatState.ts";

/** Whether a person is here; undefined when nothing is known of them, as while one is not connected oneself. */
export function usePresence(userId: string | undefined): Presence | undefined {
  return useChatState(
    useCallback(
      (state: ChatState) =>
        userId === undefined || state.connection.status !== "connected" ? undefined : state.presence.get(userId),
      [userId],
    ),
  );
}
