import type { ChatState, ConnectionState } from "@parley/client";
import { useChatState } from "./useChatState.ts";

const selectConnection = (state: ChatState) => state.connection;

/** How the client reaches the server, and when it tries again. */
export function useConnection(): ConnectionState {
  return useChatState(selectConnection);
}
