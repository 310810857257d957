import { type MouseEvent, memo } from "react";
import { useChat } from "../chat-context.ts";
import { useMenuGestures } from "../hooks/useMenuGestures.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { useSlot } from "../hooks/useSlot.ts";
import { conversationName } from "../people.ts";
import { ConversationItem, type ConversationItemProps } from "./ConversationItem.tsx";
import { MoreIcon } from "./icons.tsx";
import type { MenuAnchor } from "./menu.ts";

export interface ConversationRowProps extends Omit<ConversationItemProps, "selfId" | "className" | "tabIndex"> {
  /** The tab stop of the list. */
  readonly active: boolean;
  /** A line under it parts the pinned ones from the rest. */
  readonly endsPinned: boolean;
  readonly onMenu: (conversationId: string, anchor: MenuAnchor) => void;
}

/** A line of the inbox with the ways to its menu: right click, long press, and a button for everybody else. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { active, endsPinned, onMenu, ...item } = props;
  const { conversation } = item;
  const chat = useChat();
  const self = useSelf();
  const Item = useSlot("ConversationItem", ConversationItem);
  const gestures = useMenuGestures((anchor) => onMenu(conversation.id, anchor));
  const name = conversationName(conversation, self?.id, chat);
  const openMenu = (event: MouseEvent<HTMLElement>) => onMenu(conversation.id, event.currentTarget);
  return (
    <div className="parley-conversation-row" data-id={conversation.id} data-ends-pinned={endsPinned} {...gestures}>
      <Item {...item} selfId={self?.id} tabIndex={active ? 0 : -1} />
      <button
        type="button"
        className="parley-conversation-more"
        aria-label={chat.labels.conversationActions(name)}
        aria-haspopup="menu"
        tabIndex={active ? 0 : -1}
        onClick={openMenu}
      >
        <MoreIcon />
      </button>
    </div>
  );
});
