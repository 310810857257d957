import { useEffect, useRef, useState } from "react";
import { useLaterLabels } from "../hooks/useLaterLabels.ts";
import { useConversation } from "../hooks/useConversation.ts";
import { useTimeline } from "../hooks/useMessages.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { announcementFor } from "../message-list/announcement.ts";
import type { TimelineEntry } from "../message-list/timeline.ts";

/** What comes in a burst is told at once, in ms. */
const BATCH_MS = 900;

const newestSeq = (entries: readonly TimelineEntry[]) =>
  entries.findLast((entry) => entry.message !== null)?.message?.seq ?? 0;

/** Tells screen readers of new incoming messages, in batches; silent for own, older and edited ones, and for pages that are loaded. */
export function Announcer({ conversationId }: { conversationId: string }) {
  const labels = useLaterLabels();
  const { known, entries, loaded } = useTimeline(conversationId);
  const conversation = useConversation(conversationId);
  const self = useSelf();
  const told = useRef<number | null>(null);
  const [text, setText] = useState("");
  useEffect(() => {
    if (conversation === undefined) return;
    // What was there before the list opened is old, whenever its page comes.
    told.current ??= conversation.lastSeq;
    const inPast = known?.hasNewer === true;
    const newest = inPast ? conversation.lastSeq : newestSeq(entries);
    if (!loaded || newest <= told.current) return;
    const after = told.current;
    const timer = setTimeout(() => {
      told.current = newest;
      // Far above the end only the last one is known.
      const heard = inPast ? [conversation.lastMessage] : entries.map(({ message }) => message);
      const announcement = announcementFor(heard, after, conversation, self?.id ?? null, labels);
      if (announcement !== null) setText(announcement);
    }, BATCH_MS);
    return () => clearTimeout(timer);
  }, [entries, loaded, known?.hasNewer, conversation, self, labels]);
  return (
    <div className="parley-hidden" role="log" aria-live="polite" aria-label={labels.history}>
      {text !== "" && <p key={text}>{text}</p>}
    </div>
  );
}
