import type { ChatState } from "@parley/client";
import type { Conversation } from "@parley/protocol";
import { useMemo } from "react";
import { withoutSeen } from "../reading.ts";
import { useChatState } from "./useChatState.ts";
import { useReading } from "./useReading.ts";

const selectConversations = (state: ChatState) => state.conversations;
const selectReady = (state: ChatState) => state.ready;

/** The inbox, newest activity first. `ready` is false until the first catch-up is through. */
export function useConversations(): { conversations: readonly Conversation[]; ready: boolean } {
  const byId = useChatState(selectConversations);
  const ready = useChatState(selectReady);
  const reading = useReading();
  const conversations = useMemo(
    () =>
      [...withoutSeen(byId, reading).values()].sort((a, b) => compare(b.updatedAt, a.updatedAt) || compare(a.id, b.id)),
    [byId, reading],
  );
  return { conversations, ready };
}

/** ISO times and ids compare as plain text; `localeCompare` would cost fifty times as much. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
