import type { Conversation } from "@parley/protocol";
import {
  createContext,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  type RefObject,
  useContext,
  useImperativeHandle,
  useRef,
} from "react";
import { type CustomItemComponentProps, Virtualizer, type VirtualizerHandle } from "virtua";
import { useChat } from "../chat-context.ts";
import { isMuted } from "@parley/client";
import { useHeldPlace } from "../conversation-list/useHeldPlace.ts";
import { opensMenu } from "../conversation-list/list-keys.ts";
import { useNow } from "../hooks/useNow.ts";
import { rowIdOf, useRovingRows } from "../hooks/useRovingRows.ts";
import { ConversationRow } from "./ConversationRow.tsx";
import type { MenuAnchor } from "./menu.ts";

export interface ConversationRowsHandle {
  focusFirst(): void;
}

export interface ConversationRowsProps {
  readonly conversations: readonly Conversation[];
  readonly selectedId: string | undefined;
  readonly hrefFor: (conversationId: string) => string;
  readonly onOpen: (event: MouseEvent, conversationId: string) => void;
  readonly onMenu: (conversationId: string, anchor: MenuAnchor) => void;
  /** Whose menu is open: its line stays mounted. */
  readonly menuId: string | null;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly ref: Ref<ConversationRowsHandle>;
}

/** First guess of a line's height, in px: it is measured as soon as it is there. */
const LINE_HEIGHT = 76;

const RowCount = createContext(0);

/** The lines of the inbox; only those in view are mounted, and the one that Tab comes to. */
export function ConversationRows(props: ConversationRowsProps) {
  const { conversations, selectedId, hrefFor, onOpen, onMenu, menuId, scroller, ref } = props;
  const { formats } = useChat();
  const now = useNow(60_000);
  const virtual = useRef<VirtualizerHandle>(null);
  const { activeIndex, focusRow, handlers } = useRovingRows(conversations, selectedId, scroller, virtual);
  useHeldPlace(conversations, scroller, virtual);
  useImperativeHandle(ref, () => ({ focusFirst: () => focusRow(0) }), [focusRow]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const id = rowIdOf(event.target);
    if (id === null || !opensMenu(event)) return handlers.onKeyDown(event);
    event.preventDefault();
    onMenu(id, event.target as HTMLElement);
  };
  const mounted = [activeIndex, conversations.findIndex(({ id }) => id === menuId)].filter((index) => index >= 0);
  const lastPinned = conversations.findLastIndex(({ preferences }) => preferences.pinnedAt !== null);
  const endsPinned = (index: number) => index === lastPinned && index < conversations.length - 1;
  return (
    <RowCount value={conversations.length}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it hands keys and focus on to its lines */}
      <div {...handlers} onKeyDown={onKeyDown}>
        <Virtualizer
          ref={virtual}
          scrollRef={scroller}
          as="ul"
          item={Line}
          itemSize={LINE_HEIGHT}
          keepMounted={mounted}
          data={conversations}
        >
          {(conversation, index) => (
            <ConversationRow
              key={conversation.id}
              conversation={conversation}
              selected={conversation.id === selectedId}
              active={index === activeIndex}
              muted={isMuted(conversation, now)}
              endsPinned={endsPinned(index)}
              href={hrefFor(conversation.id)}
              time={formats.short(conversation.updatedAt, now)}
              onOpen={onOpen}
              onMenu={onMenu}
            />
          )}
        </Virtualizer>
      </div>
    </RowCount>
  );
}

/** Says its place among all lines, mounted or not. */
function Line({ index, children, style, ref }: CustomItemComponentProps) {
  const count = useContext(RowCount);
  return (
    <li ref={ref as Ref<HTMLLIElement>} style={style} aria-posinset={index + 1} aria-setsize={count}>
      {children}
    </li>
  );
}
