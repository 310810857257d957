import { type MouseEvent, useCallback } from "react";
import { useChat } from "../chat-context.ts";
import { useConversations } from "../hooks/useConversations.ts";
import { useNow } from "../hooks/useNow.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { useSlot } from "../hooks/useSlot.ts";
import { classNames } from "./class-names.ts";
import { ConversationItem } from "./ConversationItem.tsx";
import { EmptyState } from "./EmptyState.tsx";
import { Skeleton } from "./Skeleton.tsx";

export interface ConversationListProps {
  readonly selectedId?: string | undefined;
  /** Where a conversation lives: real links can be opened in another tab. */
  readonly hrefFor: (conversationId: string) => string;
  /** A plain click or Enter on a conversation. */
  readonly onOpen: (conversationId: string) => void;
  readonly className?: string;
}

/** The inbox: newest activity first. */
export function ConversationList({ selectedId, hrefFor, onOpen, className }: ConversationListProps) {
  const { labels, formats } = useChat();
  const { conversations, ready } = useConversations();
  const self = useSelf();
  const now = useNow(60_000);
  const Item = useSlot("ConversationItem", ConversationItem);
  const Empty = useSlot("EmptyState", EmptyState);
  const open = useCallback(
    (event: MouseEvent, conversationId: string) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      onOpen(conversationId);
    },
    [onOpen],
  );
  if (conversations.length === 0) {
    if (!ready) return <Skeleton of="conversations" label={labels.connecting} />;
    return <Empty title={labels.noConversations} hint={labels.noConversationsHint} />;
  }
  return (
    <nav className={classNames("parley-conversations", className)} aria-label={labels.conversations}>
      <ul>
        {conversations.map((conversation) => (
          <li key={conversation.id}>
            <Item
              conversation={conversation}
              selfId={self?.id}
              selected={conversation.id === selectedId}
              href={hrefFor(conversation.id)}
              time={formats.short(conversation.updatedAt, now)}
              onOpen={open}
            />
          </li>
        ))}
      </ul>
    </nav>
  );
}
