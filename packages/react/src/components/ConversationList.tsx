import { type Conversation, limits, type Message } from "@parley/protocol";
import {
  type MouseEvent,
  type Ref,
  type RefObject,
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useChat } from "../chat-context.ts";
import { type InboxView, wholeInbox } from "../conversation-list/inbox-view.ts";
import { useConversation } from "../hooks/useConversation.ts";
import { useConversationActions } from "../hooks/useConversationActions.ts";
import { useInbox } from "../hooks/useInbox.ts";
import { useSlot } from "../hooks/useSlot.ts";
import { useCalledPart, usePartsAhead } from "../hooks/usePart.ts";
import { createPart } from "../part.ts";
import type { ConversationMenuHandle } from "./ConversationMenu.tsx";
import { ConversationRows, type ConversationRowsHandle } from "./ConversationRows.tsx";
import { classNames } from "./class-names.ts";
import type { ConversationToolsProps } from "./ConversationTools.tsx";
import { EmptyState } from "./EmptyState.tsx";
import { InboxTools } from "./InboxTools.tsx";
import type { MenuAnchor } from "./menu.ts";
import { NoticeBar } from "./NoticeBar.tsx";
import { NothingShown } from "./NothingShown.tsx";
import { ShownPart } from "./ShownPart.tsx";
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
  /** Filter, order and search, when the page keeps them (in its address for one); else the list does. */
  readonly view?: InboxView;
  readonly onViewChange?: (view: InboxView) => void;
  /** A message was found by its words and chosen; without it its conversation is opened. */
  readonly onOpenMessage?: (message: Message) => void;
  readonly className?: string;
  readonly ref?: Ref<ConversationListHandle>;
}

const conversationTools = createPart(async () => (await import("./ConversationTools.tsx")).ConversationTools);
const foundMessages = createPart(async () => (await import("./FoundMessages.tsx")).FoundMessages);
const soonNeeded = [conversationTools, foundMessages];

/** The inbox: filters, search, pinned conversations first, then in the order that is chosen. It scrolls by itself: give it a height. */
export function ConversationList(props: ConversationListProps) {
  const { selectedId, onOpen, className } = props;
  const { labels } = useChat();
  const [ownView, setOwnView] = useState<InboxView>(wholeInbox);
  const view = props.view ?? ownView;
  const setView = props.onViewChange ?? setOwnView;
  const inbox = useInbox(view, selectedId);
  const field = useRef<HTMLInputElement>(null);
  const rows = useRef<ConversationRowsHandle>(null);
  const [menuId, setMenuId] = useState<string | null>(null);
  const ofMenu = useConversation(menuId ?? "");
  const { actions, notice, say, dismissNotice, leaving, endLeaving } = useConversationActions(onOpen);
  const tools = useCalledPart<ConversationToolsProps, ConversationMenuHandle>(conversationTools, () =>
    say(labels.partMissing),
  );
  const { call } = tools;
  const openMenu = useCallback((id: string, anchor: MenuAnchor) => call(({ open }) => open(id, anchor)), [call]);
  usePartsAhead(soonNeeded, inbox.ready);
  const Empty = useSlot("EmptyState", EmptyState);
  useImperativeHandle(props.ref, () => ({
    focusSearch: () => field.current?.focus(),
    step: (by) => stepFrom(inbox.shown, selectedId, by, onOpen),
  }));
  if (inbox.isEmpty) {
    if (!inbox.ready)
      return <Skeleton of="conversations" label={labels.connecting} className="parley-skeleton-inbox" />;
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
      <ShownConversations
        {...props}
        rows={rows}
        shown={inbox.shown}
        view={view}
        menuId={menuId}
        onMenu={openMenu}
        onShowAll={() => setView({ ...wholeInbox, sort: view.sort })}
        onAbove={() => field.current?.focus()}
      />
      <NoticeBar notice={notice} onClose={dismissNotice} />
      {tools.Component && (
        <tools.Component
          ref={tools.ref}
          conversation={ofMenu}
          onToggle={setMenuId}
          {...{ actions, leaving, endLeaving }}
        />
      )}
    </nav>
  );
}

/** Opens the neighbour of the open conversation; without one, the first. */
function stepFrom(
  shown: readonly Conversation[],
  selectedId: string | undefined,
  by: 1 | -1,
  onOpen: (conversationId: string) => void,
): void {
  const at = shown.findIndex(({ id }) => id === selectedId);
  const next = shown[at === -1 ? 0 : at + by];
  if (next !== undefined) onOpen(next.id);
}

interface ShownConversationsProps
  extends Pick<ConversationListProps, "selectedId" | "hrefFor" | "onOpen" | "onOpenMessage"> {
  readonly rows: RefObject<ConversationRowsHandle | null>;
  readonly shown: readonly Conversation[];
  readonly view: InboxView;
  readonly menuId: string | null;
  readonly onMenu: (conversationId: string, anchor: MenuAnchor) => void;
  readonly onShowAll: () => void;
  readonly onAbove: () => void;
}

/** What scrolls: conversations, and messages too when words are looked for. */
function ShownConversations(props: ShownConversationsProps) {
  const { selectedId, hrefFor, onOpen, onOpenMessage, rows, shown, view, menuId, onMenu, onShowAll, onAbove } = props;
  const { labels } = useChat();
  const scroller = useRef<HTMLDivElement>(null);
  const shownQuery = useRef(view.query);
  // What was found begins at its top, wherever the list was. A new list stands there: to write it would lay out the page.
  useLayoutEffect(() => {
    if (scroller.current !== null && shownQuery.current !== view.query) scroller.current.scrollTop = 0;
    shownQuery.current = view.query;
  }, [view.query]);
  // Messages are looked for in everything: a filter speaks of conversations.
  const searching = view.filter === "all" && view.query.trim().length >= limits.searchLengthMin;
  const open = useCallback(
    (event: MouseEvent, conversationId: string) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      onOpen(conversationId);
    },
    [onOpen],
  );
  const openMessage = (message: Message) =>
    onOpenMessage === undefined ? onOpen(message.conversationId) : onOpenMessage(message);
  return (
    <div ref={scroller} className="parley-conversations-scroll">
      {searching && shown.length > 0 && <h2 className="parley-found-title">{labels.foundConversations}</h2>}
      {shown.length > 0 && (
        <ConversationRows
          // Another view begins at its top.
          key={`${view.filter} ${view.sort}`}
          ref={rows}
          conversations={shown}
          {...{ selectedId, hrefFor, menuId, scroller, onMenu }}
          onOpen={open}
        />
      )}
      {shown.length === 0 && !searching && <NothingShown view={view} onShowAll={onShowAll} />}
      {searching && (
        <ShownPart part={foundMessages} props={{ query: view.query, onSelect: openMessage, onAbove }} waiting={null} />
      )}
    </div>
  );
}
