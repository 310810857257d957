import { type ChatClient, createChatClient } from "@parley/client";
import { useEffect, useRef, useState } from "react";
import type { Route } from "./addresses.ts";
import { askForConversation } from "./ask-for-conversation.ts";
import { fetchAfterFirst } from "./first-answers.ts";
import { demoTokens, type Session } from "./session.ts";

/**
 * A connected client for the session, which has asked for the conversation in the address; null for a moment at the start. Closed when
 * the person changes or leaves.
 */
export function useChatClient(session: Session, route: Route): ChatClient | null {
  const first = useRef(route);
  const [client, setClient] = useState<ChatClient | null>(null);
  const userId = session.kind === "demo" ? session.userId : null;
  useEffect(() => {
    const made = createChatClient(
      userId === null ? { url: "", fetch: fetchAfterFirst } : { url: "", token: demoTokens(userId) },
    );
    made.connect();
    const stopAsking =
      first.current.page === "conversation" ? askForConversation(made, first.current.id, first.current.seq) : null;
    // In a task of its own: what came with the page is in the store by then, and the browser can answer in between.
    const timer = setTimeout(() => setClient(made));
    return () => {
      clearTimeout(timer);
      stopAsking?.();
      setClient(null);
      void made.close();
    };
  }, [userId]);
  return client;
}
