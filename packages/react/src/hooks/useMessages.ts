import type { ChatClient, ChatState, MessageWindow, OutboxMessage } from "@parley/client";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useChat } from "../chat-context.ts";
import { buildTimeline, type TimelineEntry } from "../message-list/timeline.ts";
import { useChatState } from "./useChatState.ts";
import { useSelf } from "./useSelf.ts";

/** So many messages from the end, something is surely on the newest page. */
const NEAR_END = 45;
/** So long after it opened, a list that has to begin anew begins where it opened, in ms. */
export const OPENING_MS = 10_000;
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
  /** Replaces what is loaded by a page around `seq`. */
  loadAround(seq: number): void;
}

/** Before the first page was asked for. */
const unknown: MessageWindow = { items: [], hasOlder: false, hasNewer: false, loading: "page" };

/**
 * The history of a conversation with what is being sent. Loads the newest page by itself, or the page around `openAt` when that
 * message is not loaded.
 */
export function useMessages(conversationId: string, openAt: number | null = null): Messages {
  const { client } = useChat();
  const { known, entries, loaded } = useTimeline(conversationId);
  const forgetOpening = useLoading(client, conversationId, known === undefined, openAt);

  const { hasOlder, hasNewer, loading } = known ?? unknown;
  return {
    entries,
    loaded,
    loading,
    hasOlder,
    hasNewer,
    loadOlder: useCallback(() => settle(client.messages.loadOlder(conversationId)), [client, conversationId]),
    loadNewer: useCallback(() => settle(client.messages.loadNewer(conversationId)), [client, conversationId]),
    loadAround: useCallback(
      (seq: number) => settle(client.messages.loadAround(conversationId, seq)),
      [client, conversationId],
    ),
    loadLatest: useCallback(() => {
      forgetOpening();
      settle(client.messages.loadLatest(conversationId));
    }, [client, conversationId, forgetOpening]),
  };
}

/** What is loaded of the history, with what is being sent. Loads nothing by itself. */
export function useTimeline(conversationId: string) {
  const selfId = useSelf()?.id ?? null;
  const known = useChatState(useCallback((state: ChatState) => state.messages.get(conversationId), [conversationId]));
  const outbox = useChatState(
    useCallback((state: ChatState) => state.outbox.get(conversationId) ?? noOutbox, [conversationId]),
  );
  const { items, hasNewer, loading } = known ?? unknown;
  const waiting = hasNewer ? noOutbox : outbox;
  const entries = useMemo(() => buildTimeline(items, waiting, selfId), [items, waiting, selfId]);
  return { known, entries, loaded: loading !== "page" || items.length > 0 };
}

/** Loads the first page, and again when it was dropped. Returns how to forget where the list was to open. */
function useLoading(client: ChatClient, conversationId: string, missing: boolean, openAt: number | null): () => void {
  // Kept for a while: a catch-up that starts a conversation over drops what was loaded, also right after it was opened.
  const firstSeq = useRef(openAt);
  const opened = useRef(false);
  useEffect(() => {
    if (opened.current && !missing) return;
    opened.current = true;
    const seq = firstSeq.current;
    settle(seq === null ? client.messages.load(conversationId) : openWith(client, conversationId, seq));
  }, [client, conversationId, missing]);
  const forget = useCallback(() => {
    firstSeq.current = null;
  }, []);
  useEffect(() => {
    const timer = setTimeout(forget, OPENING_MS);
    return () => clearTimeout(timer);
  }, [forget]);
  return forget;
}

/** What is near the end comes with the newest page; anything else with a page of its own. */
async function openWith(client: ChatClient, conversationId: string, seq: number): Promise<void> {
  const state = client.store.getState();
  const window = state.messages.get(conversationId);
  const lastSeq = state.conversations.get(conversationId)?.lastSeq ?? 0;
  if (window?.items.some((message) => message.seq === seq)) return;
  // The newest page may have been asked for already, by its address alone.
  const isFirst = window === undefined || (window.loading === "page" && window.items.length === 0);
  if (lastSeq - seq < NEAR_END && isFirst) await client.messages.load(conversationId);
  else await client.messages.loadAround(conversationId, seq);
}

/** A page that cannot be had now is asked for again on the next scroll; the banner says that there is no connection. */
function settle(loading: Promise<void>): void {
  loading.catch(() => {});
}
