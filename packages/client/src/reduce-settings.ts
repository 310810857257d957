import type { Settings } from "@parley/protocol";
import { putConversation } from "./put-conversation.ts";
import type { ChatState } from "./state.ts";

/** From when read receipts are off, nothing of what others read is held; what they have read comes back with a catch-up. */
export function reduceSettings(state: ChatState, settings: Settings): ChatState {
  if (state.settings?.readReceipts === settings.readReceipts) return state;
  const next: ChatState = { ...state, settings };
  return settings.readReceipts ? next : [...state.conversations.values()].reduce(putConversation, next);
}
