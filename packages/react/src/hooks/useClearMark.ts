import { useEffect } from "react";
import { useChat } from "../chat-context.ts";

/** Takes the mark "unread" away when the conversation is opened; one that is set while it stands open stays. */
export function useClearMark(conversationId: string): void {
  const { client } = useChat();
  useEffect(() => {
    const conversation = client.store.getState().conversations.get(conversationId);
    if (conversation?.preferences.markedUnread !== true) return;
    // Not reached or refused: it stays marked, and the next opening tries again.
    client.conversations.setPreferences(conversationId, { markedUnread: false }).catch(() => {});
  }, [client, conversationId]);
}
