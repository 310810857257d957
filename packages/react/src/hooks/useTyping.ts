import type { ChatState } from "@parley/client";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useChat } from "../chat-context.ts";
import { useChatState } from "./useChatState.ts";

/** Ids of the people who are typing right now. Each lease runs out by itself, also when no event comes. */
export function useTyping(conversationId: string): readonly string[] {
  const leases = useChatState(useCallback((state: ChatState) => state.typing.get(conversationId), [conversationId]));
  const [now, setNow] = useState(() => Date.now());
  const active = useMemo(
    () => [...(leases ?? [])].filter(([, expiresAt]) => expiresAt > Math.max(now, Date.now())),
    [leases, now],
  );
  useEffect(() => {
    if (active.length === 0) return;
    const next = Math.min(...active.map(([, expiresAt]) => expiresAt));
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, next - Date.now()) + 10);
    return () => clearTimeout(timer);
  }, [active]);
  return useMemo(() => active.map(([userId]) => userId), [active]);
}

/** Tells that the conversation stands open on screen, as long as the component does. */
export function useJoined(conversationId: string): void {
  const { client } = useChat();
  useEffect(() => client.conversations.join(conversationId), [client, conversationId]);
}
