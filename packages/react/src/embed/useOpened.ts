import { useEffect } from "react";
import { useChat } from "../chat-context.ts";

/** Tells the host which conversation is on screen. */
export function useOpened(conversationId: string | null): void {
  const { opened } = useChat();
  useEffect(() => {
    if (conversationId !== null) opened(conversationId);
  }, [conversationId, opened]);
}
