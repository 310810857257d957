import type { Message } from "@parley/protocol";
import { type Ref, useEffect, useRef, useState } from "react";
import { useLaterLabels } from "../hooks/useLaterLabels.ts";
import { classNames } from "../components/class-names.ts";
import { EmptyState } from "../components/EmptyState.tsx";
import { Skeleton } from "../components/Skeleton.tsx";
import { useCountdown } from "../hooks/useCountdown.ts";
import { useNow } from "../hooks/useNow.ts";
import { problemText } from "../problem-text.ts";
import { moveFocus } from "./move-focus.ts";
import { SearchHitRow } from "./SearchHitRow.tsx";
import type { Search } from "./useSearch.ts";

export interface SearchResultsProps {
  /** From `useSearch`. */
  readonly search: Search;
  /** Hits are of many conversations: each says of which. */
  readonly showsConversation: boolean;
  readonly onSelect: (message: Message) => void;
  /** Arrow up on the first hit: back to the field. */
  readonly onAbove: () => void;
  readonly className?: string;
  /** The list of hits, while there are any: its first button takes the focus that comes from above. */
  readonly ref?: Ref<HTMLUListElement>;
}

/** What was found, and what to say while there is nothing. */
export function SearchResults({ search, showsConversation, onSelect, onAbove, className, ref }: SearchResultsProps) {
  const labels = useLaterLabels();
  const now = useNow(60_000);
  const { hits, status, hasMore } = search;
  const box = useRef<HTMLDivElement>(null);
  const shownBefore = useRef<number | null>(null);
  const loadMore = () => {
    shownBefore.current = hits.length;
    search.loadMore();
  };
  useEffect(() => {
    const first = shownBefore.current;
    if (first === null || hits.length <= first) return;
    // The button that was pressed may have gone away: the focus goes on to the first of the new hits.
    shownBefore.current = null;
    box.current?.querySelectorAll<HTMLElement>("li button")[first]?.focus();
  }, [hits.length]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys move among the buttons within
    <div
      ref={box}
      role="group"
      aria-label={labels.searchHits}
      className={classNames("parley-hits", className)}
      aria-busy={status === "searching"}
      onKeyDown={(event) => moveFocus(event, onAbove)}
    >
      <p className="parley-hidden" role="status">
        {status === "shown" && (hits.length > 0 || !hasMore) && labels.searchCount(hits.length, hasMore)}
      </p>
      {hits.length > 0 && (
        <ul ref={ref} data-old={status === "searching"}>
          {hits.map((hit) => (
            <li key={hit.message.id}>
              <SearchHitRow hit={hit} now={now} showsConversation={showsConversation} onSelect={onSelect} />
            </li>
          ))}
        </ul>
      )}
      <SearchNote search={search} />
      {hasMore && status !== "waiting" && (
        <button type="button" className="parley-button parley-hits-more" onClick={loadMore}>
          {labels.searchMore}
        </button>
      )}
    </div>
  );
}

/** What stands there instead of hits, or below them. */
function SearchNote({ search }: { search: Search }) {
  const labels = useLaterLabels();
  const { status, hits, hasMore, problem } = search;
  if (status === "waiting") return <Waiting key={search.goesOnAt} until={search.goesOnAt} />;
  if (status === "refused") {
    return (
      <div className="parley-hits-note" role="alert">
        <p>{problemText(problem, labels)}</p>
        <button type="button" className="parley-button" onClick={search.retry}>
          {labels.retry}
        </button>
      </div>
    );
  }
  if (hits.length > 0) return null;
  if (status === "searching") return <Skeleton of="conversations" label={labels.searching} />;
  if (status === "idle") return <EmptyState title={labels.searchStart} hint={labels.searchStartHint} />;
  if (hasMore) return <EmptyState title={labels.searchNotYet} hint={labels.searchNotYetHint} />;
  return <EmptyState title={labels.searchNothing} hint={labels.searchNothingHint} />;
}

/** Counts down; said to screen readers once. */
function Waiting({ until }: { until: number }) {
  const labels = useLaterLabels();
  // The search goes on by itself then: it takes a moment.
  const seconds = Math.max(1, useCountdown(until));
  const [announced] = useState(seconds);
  return (
    <div className="parley-hits-note">
      <p aria-hidden="true">{labels.searchWaits(seconds)}</p>
      <p className="parley-hidden" role="status">
        {labels.searchWaits(announced)}
      </p>
    </div>
  );
}
