import { type KeyboardEvent, type Ref, useId } from "react";
import { useChat } from "../chat-context.ts";
import { type InboxFilter, type InboxView, inboxSorts, sortFrom } from "../conversation-list/inbox-view.ts";
import type { Labels } from "../labels/labels.ts";
import { wordFor } from "../labels/word-for.ts";
import { Icon } from "./icons.tsx";
import { SearchField } from "./SearchField.tsx";

export interface InboxToolsProps {
  readonly view: InboxView;
  readonly filters: readonly InboxFilter[];
  /** Conversations with something unread. */
  readonly unread: number;
  readonly onChange: (view: InboxView) => void;
  /** Arrow down in the search field: on to what was found. */
  readonly onDown: () => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** Above the list: words to look for, the order, and what to show. */
export function InboxTools({ view, filters, unread, onChange, onDown, ref }: InboxToolsProps) {
  const { labels } = useChat();
  const setQuery = (query: string) => onChange({ ...view, query });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && view.query !== "") {
      event.preventDefault();
      event.stopPropagation();
      setQuery("");
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      onDown();
    }
  };
  return (
    <div className="parley-inbox-tools" role="search">
      <div className="parley-search-line">
        <SearchField
          ref={ref}
          label={labels.searchConversations}
          placeholder={labels.searchInbox}
          value={view.query}
          onChange={setQuery}
          onKeyDown={onKeyDown}
        />
        <SortChoice view={view} onChange={onChange} />
      </div>
      <FilterChips view={view} filters={filters} unread={unread} onChange={onChange} />
    </div>
  );
}

/** The browser's own list of choices, behind a sign: at home on phones, and with all keys. */
function SortChoice({ view, onChange }: Pick<InboxToolsProps, "view" | "onChange">) {
  const { labels } = useChat();
  return (
    <label className="parley-sort" title={labels.sortBy} data-changed={view.sort !== "newest"}>
      <select
        aria-label={labels.sortBy}
        value={view.sort}
        onChange={(event) => onChange({ ...view, sort: sortFrom(event.target.value) })}
      >
        {inboxSorts.map((sort) => (
          <option key={sort} value={sort}>
            {labels.sort[sort]}
          </option>
        ))}
      </select>
      <Icon>
        <path d="M6.5 4v12M3.8 13.3 6.5 16l2.7-2.7M13.5 16V4M10.8 6.7 13.5 4l2.7 2.7" />
      </Icon>
    </label>
  );
}

function FilterChips({ view, filters, unread, onChange }: Omit<InboxToolsProps, "onDown" | "ref">) {
  const { labels } = useChat();
  const name = useId();
  return (
    <fieldset className="parley-filters">
      <legend className="parley-hidden">{labels.showOnly}</legend>
      {filters.map((filter) => (
        <label key={filter} className="parley-filter">
          <input
            type="radio"
            name={name}
            value={filter}
            checked={filter === view.filter}
            onChange={() => onChange({ ...view, filter })}
          />
          <span>
            {filterName(filter, labels)}
            {filter === "unread" && unread > 0 && <b aria-hidden="true"> {unread > 99 ? "99+" : unread}</b>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function filterName(filter: InboxFilter, labels: Labels): string {
  if (filter === "all" || filter === "unread" || filter === "archived") return labels.filter[filter];
  const type = filter.slice("subject:".length);
  return wordFor(labels.subjectFilter, type) ?? type;
}
