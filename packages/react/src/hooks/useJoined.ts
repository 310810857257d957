import { useEffect } from "react";
import { useChat } from "../chat-context.ts";

/** Tells that the conversation stands open on screen, as long as the component does. */
export function useJoined(conversationId: string): void {
  const { client } = useChat();
  useEffect(() => client.conversations.join(conversationId), [client, conversationId]);
}
