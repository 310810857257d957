import { type Ref, useCallback, useEffect, useId, useImperativeHandle, useLayoutEffect, useMemo, useRef } from "react";
import { useChat } from "../chat-context.ts";
import { useConversation } from "../hooks/useConversation.ts";
import { type Messages, useMessages } from "../hooks/useMessages.ts";
import { useNow } from "../hooks/useNow.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { useSlot } from "../hooks/useSlot.ts";
import { AnchorKeeper } from "../message-list/AnchorKeeper.tsx";
import { flashRow } from "../message-list/flash-row.ts";
import type { Place } from "../message-list/place.ts";
import { onListFocus, onListKeyDown } from "../message-list/row-keys.ts";
import type { RowRange } from "../message-list/row-window.ts";
import { groupByDay } from "../message-list/timeline.ts";
import { type Jumps, type MessageListHandle, useJumps } from "../message-list/useJumps.ts";
import { useFirstRows } from "../message-list/useFirstRows.ts";
import { useOpening } from "../message-list/useOpening.ts";
import { useBeingRead, useReadReceipts } from "../message-list/useReadReceipts.ts";
import { useRowWindow } from "../message-list/useRowWindow.ts";
import { conversationName } from "../people.ts";
import { classNames } from "./class-names.ts";
import { DateSeparator } from "./DateSeparator.tsx";
import { EmptyState } from "./EmptyState.tsx";
import { JumpBack } from "./JumpBack.tsx";
import { JumpToLatest } from "./JumpToLatest.tsx";
import { MessageListTools } from "./MessageListTools.tsx";
import { MessageRows } from "./MessageRows.tsx";
import { Skeleton } from "./Skeleton.tsx";

export interface MessageListProps {
  readonly conversationId: string;
  /** Opens at this message; another one later leads there. */
  readonly messageSeq?: number | undefined;
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
export function MessageList({ conversationId, messageSeq, onLeave = ignore, className, ref }: MessageListProps) {
  const { labels, places } = useChat();
  const scroller = useRef<HTMLElement>(null);
  const keeper = useRef<AnchorKeeper>(null);
  useLayoutEffect(() => keeper.current?.attach(), []);
  const opening = useOpening(conversationId, messageSeq);
  const messages = useMessages(conversationId, opening.target?.seq ?? null);
  const rows = useRowWindow(messages, scroller, opening.target);
  const { fillAbove } = rows;
  const { range, isFilling } = useFirstRows(rows.range, { loaded: messages.loaded, atEnd: opening.target === null });
  const liveRows = useLiveRows(scroller);
  const checkRead = useReadReceipts(conversationId, useReadSeq(conversationId), scroller, liveRows);
  useBeingRead(conversationId, rows.following);
  const jumps = useJumps(rows, scroller, liveRows);
  const onSettled = useCallback(() => {
    fillAbove();
    checkRead();
  }, [fillAbove, checkRead]);
  useImperativeHandle(ref, () => jumps.handle, [jumps.handle]);
  useLaterChange(messageSeq, jumps.handle.showMessage);

  const { entries, hasOlder, loaded } = messages;
  const last = entries[rows.range.end - 1];
  const unread = useConversation(conversationId)?.unread ?? 0;
  const onScroll = () => {
    rows.onScroll();
    checkRead();
  };
  const keepPlace = (place: Place | null) => setPlace(places, conversationId, place);
  return (
    <div className={classNames("parley-messages", className)}>
      <MessageListTools conversationId={conversationId} showMessage={jumps.handle.showMessage}>
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
              ref={keeper}
              scroller={scroller}
              rows={liveRows}
              still={range !== rows.range}
              following={rows.following}
              endKey={last?.key ?? null}
              goTo={rows.goTo}
              onReached={flashRow}
              onLeave={keepPlace}
              onSettled={onSettled}
            >
              <HistoryTop
                messages={messages}
                isFilling={isFilling}
                atStart={range.start === 0 && !hasOlder}
                conversationId={conversationId}
              />
              <Days conversationId={conversationId} messages={messages} range={range} unreadFrom={opening.unreadFrom} />
            </AnchorKeeper>
          </div>
        </section>
        <JumpPills jumps={jumps} unread={unread} away={loaded && !rows.following} />
      </MessageListTools>
    </div>
  );
}

/** Nobody needs to be led back to the end: lists begin there. */
function setPlace(places: Map<string, Place>, conversationId: string, place: Place | null): void {
  if (place === null) places.delete(conversationId);
  else places.set(conversationId, place);
}

/** The ways back: to where the reader was before a jump, and to the end. */
function JumpPills({ jumps, unread, away }: { jumps: Jumps; unread: number; away: boolean }) {
  return (
    <>
      {jumps.back !== null && <JumpBack onJump={jumps.goBack} />}
      {away && <JumpToLatest count={unread} onJump={jumps.toEnd} />}
    </>
  );
}

interface DaysProps {
  readonly conversationId: string;
  readonly messages: Messages;
  readonly range: RowRange;
  readonly unreadFrom: number | null;
}

/** The mounted rows, a list for each day. */
function Days({ conversationId, messages: { entries }, range: { start, end }, unreadFrom }: DaysProps) {
  const { formats } = useChat();
  const Day = useSlot("DateSeparator", DateSeparator);
  const days = useMemo(() => groupByDay(entries.slice(start, end)), [entries, start, end]);
  const now = useNow(60_000);
  const id = useId();
  return days.map((day) => (
    <div className="parley-day" key={day.key}>
      <Day id={`${id}${day.key}`} at={day.at} text={formats.day(day.at, now)} />
      <MessageRows
        conversationId={conversationId}
        entries={entries}
        from={start + day.start}
        to={start + day.start + day.entries.length}
        labelledBy={`${id}${day.key}`}
        unreadFrom={unreadFrom}
      />
    </div>
  ));
}

/** What stands above the first row: shapes while loading, a word at the very beginning. */
function HistoryTop(props: { messages: Messages; isFilling: boolean; atStart: boolean; conversationId: string }) {
  const { messages, isFilling, atStart, conversationId } = props;
  const chat = useChat();
  const conversation = useConversation(conversationId);
  const self = useSelf();
  const Empty = useSlot("EmptyState", EmptyState);
  if (!messages.loaded || isFilling) return <Skeleton of="messages" label={chat.labels.loadingMessages} />;
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

/** Calls back when the value is another one than at first, and each time that it changes. */
function useLaterChange(value: number | undefined, callback: (value: number) => void): void {
  const known = useRef(value);
  useEffect(() => {
    if (known.current === value) return;
    known.current = value;
    if (value !== undefined) callback(value);
  }, [value, callback]);
}
