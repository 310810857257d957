import type { Message } from "@parley/protocol";
import { useRef } from "react";
import { useChat } from "../chat-context.ts";
import { useListActions } from "../message-list/list-actions.ts";
import { classNames } from "./class-names.ts";
import { MoreIcon } from "./icons.tsx";
import { ReplyIcon, SmileIcon } from "./message-icons.tsx";

export interface MessageActionsProps {
  readonly message: Message;
  readonly mayReply: boolean;
  readonly mayReact: boolean;
  readonly className?: string;
}

/** Beside a message, by hover and by focus: react, reply, and the menu with the rest. */
export function MessageActions({ message, mayReply, mayReact, className }: MessageActionsProps) {
  const { labels } = useChat();
  const { openMenu, openReactions, reply } = useListActions();
  const wasOpen = useRef(false);
  // A tab stop only while its row has the focus, see row-keys.
  const action = { type: "button", "data-row-action": true, tabIndex: -1, className: "parley-actions-button" } as const;
  return (
    <div className={classNames("parley-actions", className)}>
      {mayReact && (
        <button
          {...action}
          data-action="react"
          aria-label={labels.react}
          title={labels.react}
          aria-haspopup="dialog"
          onClick={(event) => openReactions(message, event.currentTarget)}
        >
          <SmileIcon />
        </button>
      )}
      {mayReply && (
        <button
          {...action}
          data-action="reply"
          aria-label={labels.reply}
          title={labels.reply}
          onClick={() => reply(message)}
        >
          <ReplyIcon />
        </button>
      )}
      <button
        {...action}
        data-action="menu"
        aria-label={labels.messageActions}
        aria-haspopup="menu"
        aria-expanded="false"
        // The press itself closes an open menu: the click that follows must not open it again.
        onPointerDown={(event) => {
          wasOpen.current = event.currentTarget.ariaExpanded === "true";
        }}
        onClick={(event) => {
          const { currentTarget } = event;
          if (!wasOpen.current) openMenu(message, currentTarget, currentTarget.closest(".parley-row"));
          wasOpen.current = false;
        }}
      >
        <MoreIcon />
      </button>
    </div>
  );
}
