import type { Quote } from "@parley/protocol";
import { useChat } from "../chat-context.ts";
import { useNames } from "../hooks/useNames.ts";
import { useListActions } from "../message-list/list-actions.ts";
import { plainText } from "../rich-text/plain-text.ts";
import { classNames } from "./class-names.ts";

export interface QuotedMessageProps {
  readonly conversationId: string;
  readonly quote: Quote;
  readonly className?: string;
}

/** What a message answers; a tap leads there. */
export function QuotedMessage({ conversationId, quote, className }: QuotedMessageProps) {
  const { labels } = useChat();
  const { showMessage } = useListActions();
  const [name = labels.formerUser] = useNames(conversationId, [quote.senderId]);
  const text = quote.excerpt === null ? labels.quoteDeleted : plainText(quote.excerpt);
  return (
    <button
      type="button"
      className={classNames("parley-quote", className)}
      data-row-action
      tabIndex={-1}
      data-deleted={quote.excerpt === null}
      aria-label={labels.quoteOf(name, text)}
      onClick={() => showMessage(quote.seq)}
    >
      {/* The space keeps both words apart for whoever speaks to the button. */}
      <bdi className="parley-quote-name">{name}</bdi>{" "}
      <span className="parley-quote-text" dir="auto">
        {text}
      </span>
    </button>
  );
}
