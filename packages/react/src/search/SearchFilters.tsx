import { useId } from "react";
import { useLaterLabels } from "../hooks/useLaterLabels.ts";
import { useSelf } from "../hooks/useSelf.ts";
import type { SearchFilter } from "./search-filter.ts";
import { usePeopleToFilter } from "./usePeopleToFilter.ts";

export interface SearchFiltersProps {
  /** undefined: all conversations. */
  readonly conversationId: string | undefined;
  readonly filter: SearchFilter;
  readonly onChange: (filter: SearchFilter) => void;
}

/** By whom, and between which days. */
export function SearchFilters({ conversationId, filter, onChange }: SearchFiltersProps) {
  const labels = useLaterLabels();
  const self = useSelf();
  const people = usePeopleToFilter(conversationId);
  const id = useId();
  const { senderId, since, until } = filter;
  return (
    <fieldset className="parley-search-filters">
      <legend className="parley-hidden">{labels.searchFilters}</legend>
      <div className="parley-search-person">
        <label htmlFor={`${id}person`}>{labels.searchFrom}</label>
        <select
          id={`${id}person`}
          value={senderId}
          onChange={(event) => onChange({ ...filter, senderId: event.target.value })}
        >
          <option value="">{labels.searchFromAnybody}</option>
          {people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.id === self?.id ? labels.you : person.name}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor={`${id}since`}>{labels.searchSince}</label>
        <input
          id={`${id}since`}
          type="date"
          value={since}
          max={until === "" ? undefined : until}
          onChange={(event) => onChange({ ...filter, since: event.target.value })}
        />
      </div>
      <div>
        <label htmlFor={`${id}until`}>{labels.searchUntil}</label>
        <input
          id={`${id}until`}
          type="date"
          value={until}
          min={since === "" ? undefined : since}
          onChange={(event) => onChange({ ...filter, until: event.target.value })}
        />
      </div>
    </fieldset>
  );
}
