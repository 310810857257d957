import type { Message } from "@parley/protocol";
import { type Ref, useId } from "react";
import { useChat } from "../chat-context.ts";
import { SearchResults } from "../search/SearchResults.tsx";
import { useSearch } from "../search/useSearch.ts";

export interface FoundMessagesProps {
  readonly query: string;
  readonly onSelect: (message: Message) => void;
  /** Arrow up on the first message: back to what is above. */
  readonly onAbove: () => void;
  readonly ref?: Ref<HTMLUListElement>;
}

/** Under the conversations that were found: messages of all conversations with the same words. */
export function FoundMessages({ query, onSelect, onAbove, ref }: FoundMessagesProps) {
  const { labels } = useChat();
  const search = useSearch({ q: query });
  const id = useId();
  return (
    <section className="parley-found" aria-labelledby={id}>
      <h2 id={id}>{labels.foundMessages}</h2>
      <SearchResults search={search} showsConversation onSelect={onSelect} onAbove={onAbove} {...(ref && { ref })} />
    </section>
  );
}
