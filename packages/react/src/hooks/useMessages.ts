import type { ChatState, MessageWindow, OutboxMessage } from "@parley/client";
import { useCallback, useEffect, useMemo } from "react";
import { useChat } from "../chat-context.ts";
import { buildTimeline, type TimelineEntry } from "../message-list/timeline.ts";
import { useChatState } from "./useChatState.ts";
import { useSelf } from "./useSelf.ts";

const noOutbox: readonly OutboxMessage[] = [];

export interface Messages {
  /** Oldest first; what waits in the outbox stands at the end, unless the window lies in the past. */
  readonly entries: readonly TimelineEntry[];
  /** false until the first page is here. */
  readonly loaded: boolean;
  readonly loading: "page" | "older" | "newer" | null;
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  loadOlder(): void;
  loadNewer(): void;
  loadLatest(): void;
}

/** Before the first page was asked for. */
const unknown: MessageWindow = { items: [], hasOlder: false, hasNewer: false, loading: "page" };

/** The history of a conversation with what is being sent. Loads the newest page by itself. */
export function useMessages(conversationId: string): Messages {
  const { client } = useChat();
  const selfId = useSelf()?.id ?? null;
  const known = useChatState(useCallback((state: ChatState) => state.messages.get(conversationId), [conversationId]));
  const outbox = useChatState(
    useCallback((state: ChatState) => state.outbox.get(conversationId) ?? noOutbox, [conversationId]),
  );
  const missing = known === undefined;
  useEffect(() => {
    if (missing) settle(client.messages.load(conversationId));
  }, [client, conversationId, missing]);

  const { items, hasOlder, hasNewer, loading } = known ?? unknown;
  const waiting = hasNewer ? noOutbox : outbox;
  const entries = useMemo(() => buildTimeline(items, waiting, selfId), [items, waiting, selfId]);
  return {
    entries,
    loaded: loading !== "page" || items.length > 0,
    loading,
    hasOlder,
    hasNewer,
    loadOlder: useCallback(() => settle(client.messages.loadOlder(conversationId)), [client, conversationId]),
    loadNewer: useCallback(() => settle(client.messages.loadNewer(conversationId)), [client, conversationId]),
    loadLatest: useCallback(() => settle(client.messages.loadLatest(conversationId)), [client, conversationId]),
  };
}

/** A page that cannot be had now is asked for again on the next scroll; the banner says that there is no connection. */
function settle(loading: Promise<void>): void {
  loading.catch(() => {});
}
