import type { Message } from "@parley/protocol";
import { useCallback, useSyncExternalStore } from "react";
import { type ChatContextValue, useChat } from "../chat-context.ts";
import { beginEdit, type ComposerState } from "../composer-store.ts";

export interface Composer {
  /** The draft, or the text of the message that is being changed. */
  readonly text: string;
  /** Id of the message that is being changed, null for a new one. */
  readonly editing: string | null;
  setText(text: string): void;
  /** Sends, or saves the change. Resolves to false when there was nothing to do; rejects with a `ChatError` when the change was refused. */
  submit(): Promise<boolean>;
  startEdit(message: Message): void;
  cancelEdit(): void;
}

/** What the person writes in one conversation; drafts are kept over a change of conversation and a reload. */
export function useComposer(conversationId: string): Composer {
  const chat = useChat();
  const { client, composers } = chat;
  const getSnapshot = () => composers.get(conversationId);
  const state = useSyncExternalStore(composers.subscribe, getSnapshot, getSnapshot);

  const setText = useCallback(
    (text: string) => {
      const state = withText(composers.get(conversationId), text);
      composers.set(conversationId, state);
      if (state.editing !== null) return;
      if (text.trim() === "") client.typing.stop(conversationId);
      else client.typing.start(conversationId);
    },
    [client, composers, conversationId],
  );
  const startEdit = useCallback((message: Message) => beginEdit(composers, message), [composers]);
  const cancelEdit = useCallback(() => {
    const { draft } = composers.get(conversationId);
    composers.set(conversationId, { draft, editing: null });
  }, [composers, conversationId]);

  const submit = useCallback(() => submitText(chat, conversationId), [chat, conversationId]);

  return {
    text: state.editing?.text ?? state.draft,
    editing: state.editing?.messageId ?? null,
    setText,
    submit,
    startEdit,
    cancelEdit,
  };
}

function withText(state: ComposerState, text: string): ComposerState {
  return state.editing === null ? { draft: text, editing: null } : { ...state, editing: { ...state.editing, text } };
}

async function submitText(chat: ChatContextValue, conversationId: string): Promise<boolean> {
  const { client, composers, guardSend } = chat;
  const { draft, editing } = composers.get(conversationId);
  const content = (editing?.text ?? draft).trim();
  if (content === "") return false;
  client.typing.stop(conversationId);
  if (editing !== null) {
    await client.messages.edit(editing.messageId, content);
    composers.set(conversationId, { draft, editing: null });
    return true;
  }
  if (guardSend !== null && !(await guardSend({ conversationId, content }))) return false;
  // What was written while the host thought about it stays.
  if (composers.get(conversationId).draft === draft) composers.set(conversationId, { draft: "", editing: null });
  const sent = await client.messages.send(conversationId, content);
  // A refusal shows at the message itself, with its reason.
  sent.acknowledged.catch(() => {});
  return true;
}
