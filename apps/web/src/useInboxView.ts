import { filterFrom, type InboxView, sortFrom } from "@parley/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { go, readPlace, usePlace } from "./place.ts";

/** The address follows when somebody has paused typing for this long, in ms. */
const PAUSE_MS = 300;

/**
 * What the list shows, kept in the address: a reload keeps it, a link carries it. Typing replaces the entry of the history,
 * else Back would take it letter by letter.
 */
export function useInboxView(): [InboxView, (view: InboxView) => void] {
  const search = searchFrom(viewFrom(usePlace().search));
  const [view, setView] = useState(() => viewFrom(search));
  const written = useRef(search);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (search === written.current) return;
    written.current = search;
    setView(viewFrom(search));
  }, [search]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = useCallback((next: InboxView) => {
    setView(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const { path, state } = readPlace();
      written.current = searchFrom(next);
      go(path + written.current, { replace: true, state });
    }, PAUSE_MS);
  }, []);
  return [view, change];
}

function viewFrom(search: string): InboxView {
  const asked = new URLSearchParams(search);
  return {
    query: asked.get("q") ?? "",
    filter: filterFrom(asked.get("show") ?? undefined),
    sort: sortFrom(asked.get("sort") ?? undefined),
  };
}

/** With its question mark; empty when there is nothing to say. */
function searchFrom({ query, filter, sort }: InboxView): string {
  const said = new URLSearchParams();
  if (query !== "") said.set("q", query);
  if (filter !== "all") said.set("show", filter);
  if (sort !== "newest") said.set("sort", sort);
  return said.size === 0 ? "" : `?${said}`;
}
