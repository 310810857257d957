import { useEffect, useRef, useState } from "react";
import { useChat } from "../chat-context.ts";
import { useConversation } from "../hooks/useConversation.ts";
import { useTimeline } from "../hooks/useMessages.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { announcementFor } from "../message-list/announcement.ts";

/** What comes in a burst is told at once, in ms. */
const BATCH_MS = 900;

/** Tells screen readers of new incoming messages, in batches; silent for own, older and edited ones. */
export function Announcer({ conversationId }: { conversationId: string }) {
  const { labels } = useChat();
  const { entries, loaded } = useTimeline(conversationId);
  const conversation = useConversation(conversationId);
  const self = useSelf();
  const told = useRef<number | null>(null);
  const [text, setText] = useState("");
  useEffect(() => {
    if (!loaded || conversation === undefined) return;
    const newest = entries.findLast((entry) => entry.message !== null)?.message?.seq ?? 0;
    if (told.current === null) told.current = newest;
    if (newest <= told.current) return;
    const after = told.current;
    const timer = setTimeout(() => {
      told.current = newest;
      const announcement = announcementFor(entries, after, conversation, self?.id ?? null, labels);
      if (announcement !== null) setText(announcement);
    }, BATCH_MS);
    return () => clearTimeout(timer);
  }, [entries, loaded, conversation, self, labels]);
  return (
    <div className="parley-hidden" role="log" aria-live="polite" aria-label={labels.history}>
      {text !== "" && <p key={text}>{text}</p>}
    </div>
  );
}
