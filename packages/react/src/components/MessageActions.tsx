import type { Message } from "@parley/protocol";
import { type KeyboardEvent, type Ref, useId, useRef, useState } from "react";
import { useChat } from "../chat-context.ts";
import { beginEdit } from "../composer-store.ts";
import { CopyIcon, MoreIcon, PencilIcon, TrashIcon } from "./icons.tsx";
import { moveInMenu, placeMenu } from "./menu.ts";

export interface MessageActionsProps {
  readonly message: Message;
  /** Own, and still to be changed. */
  readonly own: boolean;
  readonly onDelete: (message: Message) => void;
  readonly ref: Ref<HTMLButtonElement>;
}

/** The menu of one message: by hover, by focus (Enter on the message), by a long press. */
export function MessageActions({ message, own, onDelete, ref }: MessageActionsProps) {
  const { labels } = useChat();
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={ref}
        type="button"
        className="parley-actions-button"
        // A tab stop only while its row has the focus, see row-keys.
        tabIndex={-1}
        popoverTarget={id}
        aria-label={labels.messageActions}
        aria-haspopup="menu"
        aria-expanded={open}
      >
        <MoreIcon />
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        className="parley-menu"
        aria-label={labels.messageActions}
        onBeforeToggle={(event) => event.newState === "open" && setOpen(true)}
        onToggle={(event) => {
          setOpen(event.newState === "open");
          if (event.newState === "open" && menu.current !== null) placeMenu(menu.current);
        }}
        onKeyDown={onMenuKeyDown}
      >
        {open && (
          <MenuItems message={message} own={own} onDelete={onDelete} close={() => menu.current?.hidePopover()} />
        )}
      </div>
    </>
  );
}

/** The list behind must not take the keys of the menu. */
function onMenuKeyDown(event: KeyboardEvent<HTMLElement>): void {
  event.stopPropagation();
  moveInMenu(event);
}

interface MenuItemsProps extends Omit<MessageActionsProps, "ref"> {
  readonly close: () => void;
}

function MenuItems({ message, own, onDelete, close }: MenuItemsProps) {
  const { labels, composers } = useChat();
  const run = (action: () => void) => () => {
    close();
    action();
  };
  const copy = run(() => void navigator.clipboard?.writeText(message.content ?? "").catch(() => {}));
  return (
    <>
      <button type="button" role="menuitem" tabIndex={-1} onClick={copy}>
        <CopyIcon />
        {labels.copy}
      </button>
      {own && (
        <>
          <button type="button" role="menuitem" tabIndex={-1} onClick={run(() => beginEdit(composers, message))}>
            <PencilIcon />
            {labels.edit}
          </button>
          <button
            type="button"
            role="menuitem"
            tabIndex={-1}
            className="parley-danger"
            onClick={run(() => onDelete(message))}
          >
            <TrashIcon />
            {labels.delete}
          </button>
        </>
      )}
    </>
  );
}
