import type { Message } from "@parley/protocol";
import { type Ref, useCallback, useId, useImperativeHandle, useMemo, useRef, useState } from "react";
import { useChat } from "../chat-context.ts";
import { useConversation } from "../hooks/useConversation.ts";
import { type Messages, useMessages } from "../hooks/useMessages.ts";
import { useNow } from "../hooks/useNow.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { useSlot } from "../hooks/useSlot.ts";
import { AnchorKeeper } from "../message-list/AnchorKeeper.tsx";
import { onListFocus, onListKeyDown } from "../message-list/row-keys.ts";
import { groupByDay } from "../message-list/timeline.ts";
import { useReadReceipts } from "../message-list/useReadReceipts.ts";
import { useRowWindow } from "../message-list/useRowWindow.ts";
import { conversationName } from "../people.ts";
import { classNames } from "./class-names.ts";
import { DateSeparator } from "./DateSeparator.tsx";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { EmptyState } from "./EmptyState.tsx";
import { JumpToLatest } from "./JumpToLatest.tsx";
import { MessageRows } from "./MessageRows.tsx";
import { Skeleton } from "./Skeleton.tsx";

export interface MessageListHandle {
  jumpToLatest(): void;
}

export interface MessageListProps {
  readonly conversationId: string;
  /** Escape was pressed: hand the focus on, best to the composer. */
  readonly onLeave?: () => void;
  readonly className?: string;
  readonly ref?: Ref<MessageListHandle>;
}

const noRows: ArrayLike<Element> = [];
const ignore = () => {};

/**
 * The history of one conversation: a native scroller that counts from its end, with at most 200 rows.
 * Give it `key={conversationId}`: it begins anew for each conversation.
 */
export function MessageList({ conversationId, onLeave = ignore, className, ref }: MessageListProps) {
  const { labels, formats } = useChat();
  const scroller = useRef<HTMLElement>(null);
  const [deleting, setDeleting] = useState<Message | null>(null);
  const messages = useMessages(conversationId);
  const rows = useRowWindow(messages, scroller);
  const { fillAbove, jumpToLatest } = rows;
  const liveRows = useLiveRows(scroller);
  const checkRead = useReadReceipts(conversationId, useReadSeq(conversationId), scroller, liveRows);
  const onSettled = useCallback(() => {
    fillAbove();
    checkRead();
  }, [fillAbove, checkRead]);
  const onJump = () => {
    jumpToLatest();
    scroller.current?.focus({ preventScroll: true });
  };
  useImperativeHandle(ref, () => ({ jumpToLatest }), [jumpToLatest]);

  const { entries, hasOlder, loaded } = messages;
  const { start, end } = rows.range;
  const days = useMemo(() => groupByDay(entries.slice(start, end)), [entries, start, end]);
  const now = useNow(60_000);
  const id = useId();
  const Day = useSlot("DateSeparator", DateSeparator);
  const unseen = useUnseen(conversationId, entries[end - 1]?.message?.seq ?? 0, rows.following);
  const onScroll = () => {
    rows.onScroll();
    checkRead();
  };
  return (
    <div className={classNames("parley-messages", className)}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hands keys and focus on to its rows */}
      <section
        ref={scroller}
        className="parley-scroller"
        // The scroller is the list's one tab stop.
        tabIndex={0}
        aria-label={labels.history}
        aria-busy={messages.loading !== null}
        onScroll={onScroll}
        onKeyDown={(event) => onListKeyDown(event, onLeave)}
        onFocus={onListFocus}
      >
        <div className="parley-scroller-content">
          <AnchorKeeper
            scroller={scroller}
            rows={liveRows}
            following={rows.following}
            endKey={entries[end - 1]?.key ?? null}
            goToEnd={rows.goToEnd}
            onSettled={onSettled}
          >
            <HistoryTop messages={messages} atStart={start === 0 && !hasOlder} conversationId={conversationId} />
            {days.map((day) => (
              <div className="parley-day" key={day.key}>
                <Day id={`${id}${day.key}`} at={day.at} text={formats.day(day.at, now)} />
                <MessageRows
                  conversationId={conversationId}
                  entries={entries}
                  from={start + day.start}
                  to={start + day.start + day.entries.length}
                  labelledBy={`${id}${day.key}`}
                  onDelete={setDeleting}
                />
              </div>
            ))}
          </AnchorKeeper>
        </div>
      </section>
      {loaded && !rows.following && <JumpToLatest count={unseen} onJump={onJump} />}
      <DeleteDialog message={deleting} onClose={() => setDeleting(null)} />
    </div>
  );
}

/** What stands above the first row: shapes while loading, a word at the very beginning. */
function HistoryTop(props: { messages: Messages; atStart: boolean; conversationId: string }) {
  const { messages, atStart, conversationId } = props;
  const chat = useChat();
  const conversation = useConversation(conversationId);
  const self = useSelf();
  const Empty = useSlot("EmptyState", EmptyState);
  if (!messages.loaded) return <Skeleton of="messages" label={chat.labels.loadingMessages} />;
  if (messages.entries.length === 0) {
    const name = conversation === undefined ? "" : conversationName(conversation, self?.id, chat);
    return <Empty title={chat.labels.emptyHistory} hint={chat.labels.emptyHistoryHint(name)} />;
  }
  if (atStart) return <p className="parley-history-start">{chat.labels.historyStart}</p>;
  return <div className="parley-history-more" data-loading={messages.loading === "older"} />;
}

function useReadSeq(conversationId: string): number {
  const conversation = useConversation(conversationId);
  const self = useSelf();
  return conversation?.participants.find(({ user }) => user.id === self?.id)?.readSeq ?? 0;
}

/** The mounted rows, always current, in order from top to bottom. */
function useLiveRows(scroller: { readonly current: HTMLElement | null }): () => ArrayLike<Element> {
  return useCallback(() => scroller.current?.getElementsByClassName("parley-row") ?? noRows, [scroller]);
}

/** How many messages came in below since the reader left the end. */
function useUnseen(conversationId: string, mountedSeq: number, following: boolean): number {
  const lastSeq = useConversation(conversationId)?.lastSeq ?? 0;
  const shown = useRef(0);
  shown.current = Math.max(shown.current, following ? lastSeq : mountedSeq);
  return Math.max(0, lastSeq - shown.current);
}
