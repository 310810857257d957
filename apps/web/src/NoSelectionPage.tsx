import { EmptyState, useChat } from "@parley/react";

/** Beside the list, before a conversation was chosen. */
export function NoSelectionPage() {
  const { labels } = useChat();
  return (
    <div className="no-selection">
      <EmptyState title={labels.noSelection} hint={labels.noSelectionHint} />
    </div>
  );
}
