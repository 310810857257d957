import type { SearchRequest } from "@parley/client";
import { limits } from "@parley/protocol";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useChat } from "../chat-context.ts";
import { SearchSession, type SearchState } from "./search-session.ts";

export interface Search extends SearchState {
  loadMore(): void;
  retry(): void;
}

/** Messages that hold these words, newest first, a page at a time. Searches when the typing pauses. */
export function useSearch(request: Omit<SearchRequest, "cursor" | "limit">): Search {
  const { client } = useChat();
  const [session] = useState(() => new SearchSession(client));
  const state = useSyncExternalStore(session.subscribe, session.getState, session.getState);
  const q = request.q.trim().replace(/\s+/g, " ");
  const asked = q.length < limits.searchLengthMin ? null : JSON.stringify({ ...request, q });
  useEffect(() => {
    session.ask(asked === null ? null : (JSON.parse(asked) as SearchRequest));
    return session.close;
  }, [session, asked]);
  return { ...state, loadMore: session.loadMore, retry: session.retry };
}
