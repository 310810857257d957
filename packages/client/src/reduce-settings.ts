import type { Settings } from "@parley/protocol";
import type { ChatState } from "./state.ts";

export function reduceSettings(state: ChatState, settings: Settings): ChatState {
  return state.settings?.readReceipts === settings.readReceipts ? state : { ...state, settings };
}
