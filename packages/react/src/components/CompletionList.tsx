import type { Completion } from "../composer/useCompletion.ts";
import { classNames } from "./class-names.ts";

export interface CompletionListProps {
  readonly completion: Completion;
  readonly className?: string;
}

/** What the word at the caret may become; the text field moves through it and keeps the focus. */
export function CompletionList({ completion, className }: CompletionListProps) {
  const { suggestions, active, listId, label, choose } = completion;
  if (suggestions.length === 0) return null;
  return (
    <div id={listId} role="listbox" aria-label={label} className={classNames("parley-completion", className)}>
      {suggestions.map(({ key, sign, name }, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the text field has the focus and the keys
        <div
          key={key}
          id={`${listId}${index}`}
          role="option"
          aria-selected={index === active}
          // The field keeps the focus, and a phone its keyboard.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choose(index)}
        >
          {sign !== null && (
            <span className="parley-emoji" aria-hidden="true">
              {sign}
            </span>
          )}
          <bdi>{name}</bdi>
        </div>
      ))}
    </div>
  );
}
