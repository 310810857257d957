import { type ChatState, selectReactions } from "@parley/client";
import type { Message } from "@parley/protocol";
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useChat } from "../chat-context.ts";
import { beginEdit } from "../composer-store.ts";
import { frequentEmoji } from "../emoji/frequent-emoji.ts";
import { useChatState } from "../hooks/useChatState.ts";
import { useLaterLabels } from "../hooks/useLaterLabels.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { mayReact, useWriteAccess, type WriteAccess } from "../hooks/useWriteAccess.ts";
import { useListActions } from "../message-list/list-actions.ts";
import { classNames } from "./class-names.ts";
import { PencilIcon, PinIcon } from "./icons.tsx";
import { mayEdit } from "../may-edit.ts";
import { CopyIcon, InfoIcon, LinkIcon, TrashIcon } from "./menu-icons.tsx";
import { type MenuAnchor, moveInMenu, placeMenuAt } from "./menu.ts";
import { PlusIcon, ReplyIcon } from "./message-icons.tsx";

export interface MessageMenuHandle {
  open(message: Message, anchor: MenuAnchor): void;
}

/** What the menu leaves to its list. */
export interface MessageMenuActions {
  copy(text: string): void;
  pin(message: Message, pinned: boolean): void;
  remove(message: Message): void;
  showInfo(message: Message): void;
}

export interface MessageMenuProps {
  readonly conversationId: string;
  readonly actions: MessageMenuActions;
  readonly className?: string;
  readonly ref: Ref<MessageMenuHandle>;
}

/** The one menu of a list, opened for one message at a time: by its button, by a right click, by a long press. */
export function MessageMenu({ conversationId, actions, className, ref }: MessageMenuProps) {
  const { labels } = useChat();
  const menu = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<{ message: Message; anchor: MenuAnchor } | null>(null);
  useImperativeHandle(
    ref,
    () => ({
      open: (message, anchor) => {
        setOpened({ message, anchor });
        menu.current?.showPopover();
      },
    }),
    [],
  );
  useLayoutEffect(() => {
    if (opened === null || menu.current === null) return;
    placeMenuAt(menu.current, opened.anchor);
    return markExpanded(opened.anchor);
  }, [opened]);
  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      tabIndex={-1}
      className={classNames("parley-menu", "parley-message-menu", className)}
      aria-label={labels.messageActions}
      onToggle={(event) => event.newState === "closed" && setOpened(null)}
      onKeyDown={onMenuKeyDown}
    >
      {opened !== null && (
        <MenuItems
          conversationId={conversationId}
          message={opened.message}
          actions={actions}
          close={() => menu.current?.hidePopover()}
        />
      )}
    </div>
  );
}

function markExpanded(anchor: MenuAnchor): (() => void) | undefined {
  if (!(anchor instanceof HTMLElement) || !anchor.hasAttribute("aria-expanded")) return undefined;
  anchor.setAttribute("aria-expanded", "true");
  return () => anchor.setAttribute("aria-expanded", "false");
}

/** The list behind must not take the keys of the menu. Left and right go through the emoji as well. */
function onMenuKeyDown(event: KeyboardEvent<HTMLElement>): void {
  event.stopPropagation();
  moveInMenu(event);
}

interface MenuItemsProps extends Omit<MessageMenuProps, "ref" | "className"> {
  readonly message: Message;
  readonly close: () => void;
}

function MenuItems({ conversationId, message, actions, close }: MenuItemsProps) {
  const { composers, linkFor } = useChat();
  const labels = useLaterLabels();
  const { reply } = useListActions();
  const selfId = useSelf()?.id;
  const access = useWriteAccess(conversationId);
  const own = message.senderId === selfId;
  const link = linkFor(message);
  const item = (icon: ReactNode, text: string, run: () => void, danger = false) => (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={danger ? "parley-danger" : undefined}
      onClick={() => {
        close();
        run();
      }}
    >
      {icon}
      {text}
    </button>
  );
  const pinned = message.pinnedAt !== null;
  return (
    <>
      <MenuReactions message={message} access={access} close={close} />
      {access.writable && item(<ReplyIcon />, labels.reply, () => reply(message))}
      {item(<CopyIcon />, labels.copy, () => actions.copy(message.content ?? ""))}
      {link !== null && item(<LinkIcon />, labels.copyLink, () => actions.copy(link))}
      {access.writable && item(<PinIcon />, pinned ? labels.unpin : labels.pin, () => actions.pin(message, !pinned))}
      {own && mayEdit(message, access) && item(<PencilIcon />, labels.edit, () => beginEdit(composers, message))}
      {item(<InfoIcon />, labels.messageInfo, () => actions.showInfo(message))}
      {own && access.writable && item(<TrashIcon />, labels.delete, () => actions.remove(message), true)}
    </>
  );
}

interface MenuReactionsProps {
  readonly message: Message;
  readonly access: WriteAccess;
  readonly close: () => void;
}

/** The six frequent emoji, and the way to all the others. */
function MenuReactions({ message, access, close }: MenuReactionsProps) {
  const labels = useLaterLabels();
  const { toggleReaction, openReactions } = useListActions();
  const selfId = useSelf()?.id ?? "";
  const reactions = useChatState((state: ChatState) => selectReactions(state, message));
  if (!mayReact(access)) return null;
  const isOwn = (emoji: string) => reactions.some((held) => held.emoji === emoji && held.userIds.includes(selfId));
  return (
    <div role="group" aria-label={labels.react} className="parley-menu-reactions">
      {frequentEmoji.map((emoji) => (
        <button
          key={emoji}
          type="button"
          role="menuitemcheckbox"
          tabIndex={-1}
          className="parley-emoji"
          aria-checked={isOwn(emoji)}
          onClick={() => {
            close();
            toggleReaction(message, emoji);
          }}
        >
          {emoji}
        </button>
      ))}
      <button
        type="button"
        role="menuitem"
        tabIndex={-1}
        aria-label={labels.moreEmoji}
        title={labels.moreEmoji}
        onClick={(event) => {
          const anchor = event.currentTarget.closest<HTMLElement>("[popover]") ?? event.currentTarget;
          const box = anchor.getBoundingClientRect();
          close();
          openReactions(message, box);
        }}
      >
        <PlusIcon />
      </button>
    </div>
  );
}
