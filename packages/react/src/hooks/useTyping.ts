import type { ChatState } from "@parley/client";
import { useCallback, useEffect, useMemo, useState } from "react";
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
