import type { ChatState } from "@parley/client";
import type { UserProfile } from "@parley/protocol";
import { useChatState } from "./useChatState.ts";

const selectSelf = (state: ChatState) => state.self;

/** The person who is signed in; null before the server has said so. */
export function useSelf(): UserProfile | null {
  return useChatState(selectSelf);
}
