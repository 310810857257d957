import type { Message } from "@parley/protocol";
import { type Ref, useImperativeHandle, useMemo, useRef, useState } from "react";
import { EmojiPopover, type EmojiPopoverHandle } from "./EmojiPopover.tsx";
import { MessageInfo } from "./MessageInfo.tsx";
import { MessageMenu, type MessageMenuActions, type MessageMenuHandle } from "./MessageMenu.tsx";

export interface MessageToolsHandle {
  readonly openMenu: MessageMenuHandle["open"];
  readonly openEmoji: EmojiPopoverHandle["open"];
}

export interface MessageToolsProps {
  readonly conversationId: string;
  /** Keep it stable between renders. */
  readonly actions: Omit<MessageMenuActions, "showInfo">;
  readonly ref: Ref<MessageToolsHandle>;
}

/** What opens over a list for one of its messages: one menu, one picker, one dialog. */
export function MessageTools({ conversationId, actions, ref }: MessageToolsProps) {
  const menu = useRef<MessageMenuHandle>(null);
  const emoji = useRef<EmojiPopoverHandle>(null);
  const [info, setInfo] = useState<Message | null>(null);
  useImperativeHandle(
    ref,
    () => ({
      openMenu: (message, anchor) => menu.current?.open(message, anchor),
      openEmoji: (anchor, purpose) => emoji.current?.open(anchor, purpose),
    }),
    [],
  );
  const menuActions = useMemo<MessageMenuActions>(() => ({ ...actions, showInfo: setInfo }), [actions]);
  return (
    <>
      <MessageMenu ref={menu} conversationId={conversationId} actions={menuActions} />
      <EmojiPopover ref={emoji} />
      <MessageInfo message={info} onClose={() => setInfo(null)} />
    </>
  );
}
