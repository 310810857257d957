import { ChatError, type ChatState, selectReactions } from "@parley/client";
import type { Message } from "@parley/protocol";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { useChat } from "../chat-context.ts";
import { beginReply } from "../composer-store.ts";
import { type ListActions, ListActionsContext } from "../message-list/list-actions.ts";
import { problemText } from "../problem-text.ts";
import type { Notice } from "../hooks/useConversationActions.ts";
import { useHistoryShown } from "../hooks/useHistoryShown.ts";
import { useCalledPart, usePartsAhead } from "../hooks/usePart.ts";
import { createPart } from "../part.ts";
import type { MessageToolsHandle, MessageToolsProps } from "./MessageTools.tsx";
import { NoticeBar } from "./NoticeBar.tsx";

export interface MessageListToolsProps {
  readonly conversationId: string;
  /** Keep it stable between renders. */
  readonly showMessage: (seq: number) => void;
  readonly children: ReactNode;
}

const messageTools = createPart(async () => (await import("./MessageTools.tsx")).MessageTools);
const soonNeeded = [messageTools];

/** What all rows of a list share: one menu, one picker, one dialog, one notice. Opening them renders no row. */
export function MessageListTools({ conversationId, showMessage, children }: MessageListToolsProps) {
  const chat = useChat();
  const menuRow = useRef<HTMLElement>(null);
  const [notice, setNotice] = useState<Notice | null>(null);
  const { client, composers, labels } = chat;
  const tell = useMemo(() => tellWith(labels, setNotice), [labels]);
  const tools = useCalledPart<MessageToolsProps, MessageToolsHandle>(messageTools, () =>
    setNotice({ text: labels.partMissing, undo: null }),
  );
  const { call } = tools;
  usePartsAhead(soonNeeded, useHistoryShown(conversationId));

  const actions = useMemo<ListActions>(() => {
    const toggleReaction = (message: Message, sign: string) => {
      const own = ownReactions(client.store.getState(), message).includes(sign);
      tell(own ? client.messages.unreact(message.id, sign) : client.messages.react(message.id, sign));
    };
    return {
      toggleReaction,
      showMessage,
      reply: (message) => beginReply(composers, message),
      openMenu: (message, anchor, row) => {
        menuRow.current = row;
        call(({ openMenu }) => openMenu(message, anchor));
      },
      openReactions: (message, anchor) =>
        call(({ openEmoji }) =>
          openEmoji(anchor, {
            title: labels.addReaction,
            chosen: ownReactions(client.store.getState(), message),
            short: anchor instanceof HTMLElement,
            pick: (sign) => toggleReaction(message, sign),
          }),
        ),
    };
  }, [call, client, composers, labels, showMessage, tell]);

  const menuActions = useMemo<MessageToolsProps["actions"]>(() => {
    const restore = (message: Message) => tell(client.messages.restore(message.id));
    return {
      copy: (text) => tell(writeToClipboard(text), { text: labels.copied, undo: null }),
      pin: (message, pinned) => tell(client.messages[pinned ? "pin" : "unpin"](message.id)),
      remove: (message) => {
        // The tombstone has no menu to give the focus back to.
        menuRow.current?.focus({ preventScroll: true });
        tell(client.messages.delete(message.id), { text: labels.messageDeleted, undo: () => restore(message) });
      },
    };
  }, [client, labels, tell]);

  return (
    <ListActionsContext value={actions}>
      {children}
      <NoticeBar notice={notice} onClose={useMemo(() => () => setNotice(null), [])} />
      {tools.Component && <tools.Component ref={tools.ref} conversationId={conversationId} actions={menuActions} />}
    </ListActionsContext>
  );
}

/** Says what came of something: why it was refused, else `done`, if that is worth a word. */
function tellWith(labels: Parameters<typeof problemText>[1], setNotice: (notice: Notice) => void) {
  return (doing: Promise<unknown>, done: Notice | null = null): void => {
    doing.then(
      () => done !== null && setNotice(done),
      (error: unknown) => {
        const problem = error instanceof ChatError ? error.problem : null;
        setNotice({ text: problemText(problem, labels), undo: null });
      },
    );
  };
}

function ownReactions(state: ChatState, message: Message): string[] {
  const selfId = state.self?.id ?? "";
  const current = state.messages.get(message.conversationId)?.items.find(({ id }) => id === message.id) ?? message;
  return selectReactions(state, current)
    .filter(({ userIds }) => userIds.includes(selfId))
    .map(({ emoji }) => emoji);
}

/** Pages without a secure address have no clipboard. */
async function writeToClipboard(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
