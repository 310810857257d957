import type { Conversation } from "@parley/protocol";
import { useDeferredValue, useMemo, useRef } from "react";
import { useChat } from "../chat-context.ts";
import {
  applyView,
  filtersOf,
  fold,
  type InboxFilter,
  type InboxView,
  isUnread,
} from "../conversation-list/inbox-view.ts";
import { isArchived } from "@parley/client";
import { conversationName, otherPeople, subjectName } from "../people.ts";
import { useConversations } from "./useConversations.ts";
import { useSelf } from "./useSelf.ts";

export interface Inbox {
  /** What the view shows: pinned ones first, then in the view's order. */
  readonly shown: readonly Conversation[];
  readonly filters: readonly InboxFilter[];
  /** Conversations outside of the archive with something unread. */
  readonly unread: number;
  readonly isEmpty: boolean;
  readonly ready: boolean;
}

/** The inbox in an order, through a filter and words to look for in names, titles, subjects and last messages. */
export function useInbox(view: InboxView, selectedId: string | undefined): Inbox {
  const { conversations, ready } = useConversations();
  const textOf = useSearchText();
  const query = useDeferredValue(view.query);
  const openedUnread = useOpenedUnread(conversations, selectedId);
  const { filter, sort } = view;
  const shown = useMemo(
    () => applyView({ conversations, selectedId, openedUnread, textOf }, { filter, query, sort }),
    [conversations, selectedId, openedUnread, textOf, filter, query, sort],
  );
  const filters = useMemo(() => filtersOf(conversations), [conversations]);
  const unread = useMemo(
    () => conversations.filter((conversation) => isUnread(conversation) && !isArchived(conversation)).length,
    [conversations],
  );
  return { shown, filters, unread, isEmpty: conversations.length === 0, ready };
}

/** Whether the open conversation was unread when it was opened. */
function useOpenedUnread(conversations: readonly Conversation[], selectedId: string | undefined): boolean {
  const opened = useRef<{ id: string | undefined; unread: boolean }>({ id: undefined, unread: false });
  if (opened.current.id !== selectedId) {
    const conversation = conversations.find(({ id }) => id === selectedId);
    opened.current = { id: selectedId, unread: conversation !== undefined && isUnread(conversation) };
  }
  return opened.current.unread;
}

/** What of a conversation can be searched; worked out once for each of its states. */
function useSearchText(): (conversation: Conversation) => string {
  const chat = useChat();
  const selfId = useSelf()?.id;
  return useMemo(() => {
    const known = new WeakMap<Conversation, string>();
    return (conversation) => {
      const before = known.get(conversation);
      if (before !== undefined) return before;
      const { subject, title, lastMessage } = conversation;
      const parts = [
        conversationName(conversation, selfId, chat),
        ...otherPeople(conversation, selfId).map((user) => user.name),
        title,
        subject === null ? null : `${subjectName(subject, chat.labels)} ${subject.title ?? ""} ${subject.id}`,
        lastMessage?.content,
      ];
      const text = fold(parts.filter((part) => part != null).join(" "));
      known.set(conversation, text);
      return text;
    };
  }, [chat, selfId]);
}
