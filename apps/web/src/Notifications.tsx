import { Avatar, type Incoming, plainText, subjectName, useChat, useConversationNames } from "@parley/react";
import { useEffect, useState } from "react";
import { addressOf } from "./addresses.ts";
import { useAppLabels } from "./app-labels.ts";
import { useNews } from "./useNews.ts";
import { useSound } from "./useSound.ts";

/** How long news stay, in ms; while nobody looks at the page they wait. */
const STAYS_MS = 7_000;

export interface NotificationsProps {
  readonly selectedId: string | undefined;
  readonly onOpen: (conversationId: string) => void;
}

/** News of conversations that are not being looked at. */
export function Notifications({ selectedId, onOpen }: NotificationsProps) {
  const labels = useAppLabels();
  const { shown, dismiss } = useNews(selectedId);
  useSound();
  return (
    <div className="news" role="log" aria-live="polite" aria-label={labels.news}>
      {shown.map((incoming) => (
        <NewsItem key={incoming.conversation.id} incoming={incoming} onOpen={onOpen} onDismiss={dismiss} />
      ))}
    </div>
  );
}

interface NewsItemProps {
  readonly incoming: Incoming;
  readonly onOpen: (conversationId: string) => void;
  readonly onDismiss: (conversationId: string) => void;
}

function NewsItem({ incoming, onOpen, onDismiss }: NewsItemProps) {
  const { labels } = useChat();
  const nameOf = useConversationNames();
  const [held, setHeld] = useState(false);
  useLeave(incoming, held, onDismiss);
  const { conversation, message, count } = incoming;
  const sender = conversation.participants.find(({ user }) => user.id === message.senderId)?.user;
  const name = nameOf(conversation);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it only waits while it is being looked at
    <div
      className="news-item"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <a
        href={addressOf(conversation.id)}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onDismiss(conversation.id);
          onOpen(conversation.id);
        }}
      >
        {sender !== undefined && <Avatar user={sender} />}
        <span className="news-text">
          <span className="news-name" dir="auto">
            {sender === undefined || sender.name === name ? name : `${sender.name} · ${name}`}
          </span>
          {conversation.subject !== null && (
            <span className="news-subject" dir="auto">
              {subjectName(conversation.subject, labels)}
            </span>
          )}
          <span className="news-content" dir="auto">
            {count > 1 ? labels.newMessages(count) : plainText(message.content ?? "")}
          </span>
        </span>
      </a>
      <button
        type="button"
        className="parley-icon-button"
        aria-label={labels.dismiss}
        onClick={() => onDismiss(conversation.id)}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
          <path d="m5.5 5.5 9 9m0-9-9 9" />
        </svg>
      </button>
    </div>
  );
}

/** Goes by itself, counted from the last message, and only while the page is in sight. */
function useLeave(incoming: Incoming, held: boolean, leave: (conversationId: string) => void): void {
  const [visible, setVisible] = useState(() => document.visibilityState === "visible");
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  useEffect(() => {
    if (held || !visible) return;
    const timer = setTimeout(() => leave(incoming.conversation.id), STAYS_MS);
    return () => clearTimeout(timer);
  }, [incoming, held, visible, leave]);
}
