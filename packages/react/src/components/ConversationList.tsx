import { limits, type Message } from "@parley/protocol";
import { type MouseEvent, type Ref, useCallback, useImperativeHandle, useRef, useState } from "react";
import { useChat } from "../chat-context.ts";
import { type InboxView, wholeInbox } from "../conversation-list/inbox-view.ts";
import { useConversation } from "../hooks/useConversation.ts";
import { useConversationActions } from "../hooks/useConversationActions.ts";
import { useInbox } from "../hooks/useInbox.ts";
import { useSlot } from "../hooks/useSlot.ts";
import { ConversationMenu, type ConversationMenuHandle } from "./ConversationMenu.tsx";
import { ConversationRows, type ConversationRowsHandle } from "./ConversationRows.tsx";
import { classNames } from "./class-names.ts";
import { EmptyState } from "./EmptyState.tsx";
import { FoundMessages } from "./FoundMessages.tsx";
import { InboxTools } from "./InboxTools.tsx";
import { LeaveDialog } from "./LeaveDialog.tsx";
import type { MenuAnchor } from "./menu.ts";
import { NoticeBar } from "./NoticeBar.tsx";
import { NothingShown } from "./NothingShown.tsx";
import { Skeleton } from "./Skeleton.tsx";

export interface ConversationListHandle {
  focusSearch(): void;
  /** Opens the next conversation of those that are shown, or the one before. */
  step(by: 1 | -1): void;
}

export interface ConversationListProps {
  readonly selectedId?: string | undefined;
  /** Where a conversation lives: real links can be opened in another tab. Keep the function stable between renders. */
  readonly hrefFor: (conversationId: string) => string;
  /** A plain click or Enter on a conversation. */
  readonly onOpen: (conversationId: string) => void;
  /** Filter and search, when the page keeps them (in its address for one); else the list does. */
  readonly view?: InboxView;
  readonly onViewChange?: (view: InboxView) => void;
  /** A message was found by its words and chosen; without it its conversation is opened. */
  readonly onOpenMessage?: (message: Message) => void;
  readonly className?: string;
  readonly ref?: Ref<ConversationListHandle>;
}

/** The inbox: filters, search, pinned conversations first, then newest activity. It scrolls by itself: give it a height. */
export function ConversationList(props: ConversationListProps) {
  const { selectedId, hrefFor, onOpen, className } = props;
  const { labels } = useChat();
  const [ownView, setOwnView] = useState<InboxView>(wholeInbox);
  const view = props.view ?? ownView;
  const setView = props.onViewChange ?? setOwnView;
  const inbox = useInbox(view, selectedId);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRef<ConversationRowsHandle>(null);
  const menu = useRef<ConversationMenuHandle>(null);
  const [menuId, setMenuId] = useState<string | null>(null);
  const ofMenu = useConversation(menuId ?? "");
  const openMenu = useCallback((id: string, anchor: MenuAnchor) => menu.current?.open(id, anchor), []);
  const { actions, notice, dismissNotice, leaving, endLeaving } = useConversationActions(onOpen);
  const open = useCallback(
    (event: MouseEvent, conversationId: string) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      onOpen(conversationId);
    },
    [onOpen],
  );
  const field = useRef<HTMLInputElement>(null);
  // Messages are looked for in everything: a filter speaks of conversations.
  const searching = view.filter === "all" && view.query.trim().length >= limits.searchLengthMin;
  useImperativeHandle(props.ref, () => ({
    focusSearch: () => field.current?.focus(),
    step: (by) => {
      const at = inbox.shown.findIndex(({ id }) => id === selectedId);
      const next = inbox.shown[at === -1 ? 0 : at + by];
      if (next !== undefined) onOpen(next.id);
    },
  }));
  const Empty = useSlot("EmptyState", EmptyState);
  if (inbox.isEmpty) {
    if (!inbox.ready) return <Skeleton of="conversations" label={labels.connecting} />;
    return <Empty title={labels.noConversations} hint={labels.noConversationsHint} />;
  }
  return (
    <nav className={classNames("parley-conversations", className)} aria-label={labels.conversations}>
      <InboxTools
        ref={field}
        view={view}
        filters={inbox.filters}
        unread={inbox.unread}
        onChange={setView}
        onDown={() => rows.current?.focusFirst()}
      />
      <div ref={scroller} className="parley-conversations-scroll">
        {searching && inbox.shown.length > 0 && <h2 className="parley-found-title">{labels.foundConversations}</h2>}
        {inbox.shown.length > 0 && (
          <ConversationRows
            // Another view begins at its top.
            key={view.filter}
            ref={rows}
            conversations={inbox.shown}
            {...{ selectedId, hrefFor, menuId, scroller }}
            onOpen={open}
            onMenu={openMenu}
          />
        )}
        {inbox.shown.length === 0 && !searching && <NothingShown view={view} onShowAll={() => setView(wholeInbox)} />}
        {searching && (
          <FoundMessages
            query={view.query}
            onSelect={(message) =>
              props.onOpenMessage ? props.onOpenMessage(message) : onOpen(message.conversationId)
            }
            onAbove={() => field.current?.focus()}
          />
        )}
      </div>
      <NoticeBar notice={notice} onClose={dismissNotice} />
      <ConversationMenu ref={menu} conversation={ofMenu} actions={actions} onToggle={setMenuId} />
      <LeaveDialog conversation={leaving} onClose={endLeaving} />
    </nav>
  );
}
