import type { Message } from "@parley/protocol";
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from "react";
import { useLaterLabels } from "../hooks/useLaterLabels.ts";
import { classNames } from "../components/class-names.ts";
import { CloseIcon } from "../components/icons.tsx";
import { SearchField } from "../components/SearchField.tsx";
import { SearchFilters } from "./SearchFilters.tsx";
import { SearchResults } from "./SearchResults.tsx";
import { anyMessage, searchBounds } from "./search-filter.ts";
import { useSearch } from "./useSearch.ts";

export interface SearchPanelHandle {
  focus(): void;
}

export interface SearchPanelProps {
  /** Searches here first, and in all of the reader's conversations when they choose so; left out: always in all. */
  readonly conversationId?: string;
  /** Leaves out the choice between here and everywhere. */
  readonly onlyHere?: boolean;
  /** A hit was chosen: show it, best by `showMessage(message.seq)` of the list. */
  readonly onSelect: (message: Message) => void;
  /** Shows a button that closes; Escape in the empty field does so too. */
  readonly onClose?: () => void;
  readonly className?: string;
  readonly ref?: Ref<SearchPanelHandle>;
}

/** Search for messages: words, filters, hits. The field has the focus when it opens. */
export function SearchPanel(props: SearchPanelProps) {
  const { conversationId, onlyHere = false, onSelect, onClose, className, ref } = props;
  const labels = useLaterLabels();
  const [q, setQ] = useState("");
  const [everywhere, setEverywhere] = useState(conversationId === undefined);
  const [filter, setFilter] = useState(anyMessage);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const where = everywhere ? undefined : conversationId;
  const search = useSearch({ q, ...(where !== undefined && { conversationId: where }), ...searchBounds(filter) });
  const focus = () => field.current?.focus();
  useImperativeHandle(ref, () => ({ focus }), []);
  useEffect(focus, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing || event.defaultPrevented) return;
    if (q === "" && onClose === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.target !== field.current) focus();
    else if (q === "") onClose?.();
    else setQ("");
  };
  const toHits = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    list.current?.querySelector("button")?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape goes back from anywhere within
    <section
      className={classNames("parley-search", className)}
      aria-label={conversationId === undefined ? labels.searchMessages : labels.searchHere}
      onKeyDown={onKeyDown}
    >
      <div className="parley-search-top">
        {/* Before the field: at its end is the cross that empties it. */}
        {onClose !== undefined && (
          <button type="button" className="parley-icon-button" aria-label={labels.closeSearch} onClick={onClose}>
            <CloseIcon />
          </button>
        )}
        <SearchField
          ref={field}
          label={labels.searchMessages}
          placeholder={labels.searchPlaceholder}
          value={q}
          maxLength={200}
          onChange={setQ}
          onKeyDown={toHits}
        />
        {conversationId !== undefined && !onlyHere && <SearchScope everywhere={everywhere} onChange={setEverywhere} />}
        <SearchFilters conversationId={where} filter={filter} onChange={setFilter} />
      </div>
      <SearchResults ref={list} search={search} showsConversation={everywhere} onSelect={onSelect} onAbove={focus} />
    </section>
  );
}

function SearchScope({ everywhere, onChange }: { everywhere: boolean; onChange: (everywhere: boolean) => void }) {
  const labels = useLaterLabels();
  const name = useId();
  const choices = [
    [false, labels.searchInThis],
    [true, labels.searchInAll],
  ] as const;
  return (
    <fieldset className="parley-filters">
      <legend className="parley-hidden">{labels.searchIn}</legend>
      {choices.map(([value, label]) => (
        <label key={label} className="parley-filter">
          <input type="radio" name={name} checked={everywhere === value} onChange={() => onChange(value)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
