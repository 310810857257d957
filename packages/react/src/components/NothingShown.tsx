import { useChat } from "../chat-context.ts";
import type { InboxView } from "../conversation-list/inbox-view.ts";
import { useSlot } from "../hooks/useSlot.ts";
import { EmptyState } from "./EmptyState.tsx";

/** A view of the inbox that shows nothing: why, and the way back. */
export function NothingShown({ view, onShowAll }: { view: InboxView; onShowAll: () => void }) {
  const { labels } = useChat();
  const Empty = useSlot("EmptyState", EmptyState);
  const searched = view.query.trim() !== "";
  const kind = view.filter.startsWith("subject:") ? "subject" : (view.filter as "all" | "unread" | "archived");
  return (
    <Empty
      title={searched ? labels.nothingFound : labels.nothingIn[kind]}
      hint={searched ? labels.nothingFoundHint : labels.nothingInHint[kind]}
    >
      <button type="button" className="parley-button" onClick={onShowAll}>
        {labels.showAll}
      </button>
    </Empty>
  );
}
