import type { Conversation } from "@parley/protocol";
import { type KeyboardEvent, type Ref, useCallback, useImperativeHandle, useRef, useState } from "react";
import { useChat } from "../chat-context.ts";
import type { ConversationActions } from "../hooks/useConversationActions.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { conversationName } from "../people.ts";
import { ConversationMenuItems, MuteItems } from "./ConversationMenuItems.tsx";
import { type MenuAnchor, moveInMenu, placeMenuAt } from "./menu.ts";

export interface ConversationMenuHandle {
  open(conversationId: string, anchor: MenuAnchor): void;
}

export interface ConversationMenuProps {
  /** Whose menu it is, as it is now. */
  readonly conversation: Conversation | undefined;
  readonly actions: ConversationActions;
  readonly onToggle: (conversationId: string | null) => void;
  readonly ref: Ref<ConversationMenuHandle>;
}

/** One menu for all lines of the inbox. */
export function ConversationMenu({ conversation, actions, onToggle, ref }: ConversationMenuProps) {
  const chat = useChat();
  const self = useSelf();
  const menu = useRef<HTMLDivElement>(null);
  const anchor = useRef<MenuAnchor | null>(null);
  const [muting, setMuting] = useState(false);
  useImperativeHandle(
    ref,
    () => ({
      open: (conversationId, at) => {
        anchor.current = at;
        setMuting(false);
        onToggle(conversationId);
        menu.current?.showPopover();
      },
    }),
    [onToggle],
  );
  const place = useCallback(() => {
    if (menu.current !== null && anchor.current !== null) placeMenuAt(menu.current, anchor.current);
  }, []);
  const close = () => menu.current?.hidePopover();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    event.stopPropagation();
    moveInMenu(event);
  };
  const name = conversation === undefined ? "" : conversationName(conversation, self?.id, chat);
  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      tabIndex={-1}
      className="parley-menu"
      aria-label={chat.labels.conversationActions(name)}
      onToggle={(event) => event.newState === "closed" && onToggle(null)}
      onKeyDown={onKeyDown}
    >
      {conversation !== undefined &&
        (muting ? (
          <MuteItems key="mute" {...{ conversation, actions, close }} onShown={place} />
        ) : (
          <ConversationMenuItems
            key={conversation.id}
            {...{ conversation, actions, close }}
            onMute={() => setMuting(true)}
            onShown={place}
          />
        ))}
    </div>
  );
}
