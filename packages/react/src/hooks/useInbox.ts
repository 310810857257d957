import type { Conversation } from "@parley/protocol";
import { useDeferredValue, useMemo } from "react";
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
  /** What the view shows: pinned ones first, then by activity. */
  readonly shown: readonly Conversation[];
  readonly filters: readonly InboxFilter[];
  /** Conversations outside of the archive with something unread. */
  readonly unread: number;
  readonly isEmpty: boolean;
  readonly ready: boolean;
}

/** The inbox through a filter and words to look for in names, titles, subjects and last messages. */
export function useInbox(view: InboxView, selectedId: string | undefined): Inbox {
  const { conversations, ready } = useConversations();
  const textOf = useSearchText();
  const query = useDeferredValue(view.query);
  const shown = useMemo(
    () => applyView({ conversations, selectedId, textOf }, { filter: view.filter, query }),
    [conversations, selectedId, textOf, view.filter, query],
  );
  const filters = useMemo(() => filtersOf(conversations), [conversations]);
  const unread = useMemo(
    () => conversations.filter((conversation) => isUnread(conversation) && !isArchived(conversation)).length,
    [conversations],
  );
  return { shown, filters, unread, isEmpty: conversations.length === 0, ready };
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
