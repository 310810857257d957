import { filterFrom, type InboxView } from "@parley/react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";

/** The address follows when somebody has paused typing for this long, in ms. */
const PAUSE_MS = 300;

interface Search {
  readonly q?: string;
  readonly show?: string;
}

/**
 * What the list shows, kept in the address: a reload keeps it, a link carries it. Typing replaces the entry of the history,
 * else Back would take it letter by letter.
 */
export function useInboxView(): [InboxView, (view: InboxView) => void] {
  const search: Search = useSearch({ from: "/inbox" });
  const navigate = useNavigate();
  const [view, setView] = useState(() => viewFrom(search));
  const written = useRef(keyOf(search));
  const key = keyOf(search);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (key === written.current) return;
    written.current = key;
    setView(viewFrom(JSON.parse(key) as Search));
  }, [key]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = useCallback(
    (next: InboxView) => {
      setView(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        const to = searchFrom(next);
        written.current = keyOf(to);
        void navigate({ to: ".", search: to, replace: true });
      }, PAUSE_MS);
    },
    [navigate],
  );
  return [view, change];
}

const keyOf = ({ q, show }: Search) => JSON.stringify({ q, show });
const viewFrom = ({ q, show }: Search): InboxView => ({ query: q ?? "", filter: filterFrom(show) });
const searchFrom = ({ query, filter }: InboxView): Search => ({
  ...(query !== "" && { q: query }),
  ...(filter !== "all" && { show: filter }),
});
