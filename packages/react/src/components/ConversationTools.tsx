import type { Conversation } from "@parley/protocol";
import type { Ref } from "react";
import type { ConversationActions } from "../hooks/useConversationActions.ts";
import { ConversationMenu, type ConversationMenuHandle } from "./ConversationMenu.tsx";
import { LeaveDialog } from "./LeaveDialog.tsx";

export interface ConversationToolsProps {
  /** Whose menu it is, as it is now. */
  readonly conversation: Conversation | undefined;
  readonly actions: ConversationActions;
  readonly onToggle: (conversationId: string | null) => void;
  /** Somebody thinks about leaving it. */
  readonly leaving: Conversation | null;
  readonly endLeaving: () => void;
  readonly ref: Ref<ConversationMenuHandle>;
}

/** What opens over the inbox for one of its conversations: the menu, and the question before one leaves. */
export function ConversationTools({ leaving, endLeaving, ...menu }: ConversationToolsProps) {
  return (
    <>
      <ConversationMenu {...menu} />
      <LeaveDialog conversation={leaving} onClose={endLeaving} />
    </>
  );
}
