import type { KeyboardEvent, Ref } from "react";
import { useChat } from "../chat-context.ts";
import { CloseIcon, SearchIcon } from "./icons.tsx";

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  /** In characters. */
  readonly maxLength?: number;
  readonly onChange: (value: string) => void;
  /** Not while an input method composes. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly ref: Ref<HTMLInputElement> | undefined;
}

/** Where one writes what to look for, with a button that empties it. */
export function SearchField({ label, placeholder, value, maxLength, onChange, onKeyDown, ref }: SearchFieldProps) {
  const { labels } = useChat();
  return (
    <div className="parley-search-field">
      <SearchIcon />
      <input
        ref={ref}
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        maxLength={maxLength}
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (!event.nativeEvent.isComposing) onKeyDown(event);
        }}
      />
      {value !== "" && (
        <button type="button" aria-label={labels.clearSearch} onClick={() => onChange("")}>
          <CloseIcon />
        </button>
      )}
    </div>
  );
}
