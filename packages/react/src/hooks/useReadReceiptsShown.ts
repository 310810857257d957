import type { ChatState } from "@parley/client";
import { useChatState } from "./useChatState.ts";

const select = (state: ChatState) => state.settings?.readReceipts ?? true;

/** false: the person keeps to themselves what they have read, and does not see it of others either. */
export const useReadReceiptsShown = (): boolean => useChatState(select);
