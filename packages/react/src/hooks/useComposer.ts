import { ChatError, type SendOptions } from "@parley/client";
import { isBlank, limits, type Message } from "@parley/protocol";
import { useMemo, useSyncExternalStore } from "react";
import { type ChatContextValue, useChat } from "../chat-context.ts";
import { mentionedIn } from "../composer/mentioned-in.ts";
import { beginEdit, beginReply, type ComposerState } from "../composer-store.ts";
import { otherPeople } from "../people.ts";

export interface Composer {
  /** The draft, or the text of the message that is being changed. */
  readonly text: string;
  /** Id of the message that is being changed, null for a new one. */
  readonly editing: string | null;
  /** What the draft answers. */
  readonly replyTo: Message | null;
  setText(text: string): void;
  /**
   * Sends, or saves the change. Resolves to false when there was nothing to do; rejects with a `ChatError` when the change was
   * refused: of a message that is gone it ends, and its text becomes the draft, where none waits.
   */
  submit(): Promise<boolean>;
  startEdit(message: Message): void;
  cancelEdit(): void;
  startReply(message: Message): void;
  cancelReply(): void;
}

/** What the person writes in one conversation; drafts are kept over a change of conversation and a reload. */
export function useComposer(conversationId: string): Composer {
  const chat = useChat();
  const { composers } = chat;
  const getSnapshot = () => composers.get(conversationId);
  const state = useSyncExternalStore(composers.subscribe, getSnapshot, getSnapshot);
  const actions = useMemo(() => makeActions(chat, conversationId), [chat, conversationId]);
  return {
    text: state.editing?.text ?? state.draft,
    editing: state.editing?.messageId ?? null,
    replyTo: state.replyTo,
    ...actions,
  };
}

function makeActions(chat: ChatContextValue, conversationId: string) {
  const { client, composers } = chat;
  const change = (part: Partial<ComposerState>) =>
    composers.set(conversationId, { ...composers.get(conversationId), ...part });
  return {
    setText: (text: string) => {
      const state = withText(composers.get(conversationId), text);
      composers.set(conversationId, state);
      if (state.editing !== null) return;
      if (text.trim() === "") client.typing.stop(conversationId);
      else client.typing.start(conversationId);
    },
    startEdit: (message: Message) => beginEdit(composers, message),
    cancelEdit: () => change({ editing: null }),
    startReply: (message: Message) => beginReply(composers, message),
    cancelReply: () => change({ replyTo: null }),
    submit: () => submitText(chat, conversationId),
  };
}

function withText(state: ComposerState, text: string): ComposerState {
  return state.editing === null ? { ...state, draft: text } : { ...state, editing: { ...state.editing, text } };
}

async function submitText(chat: ChatContextValue, conversationId: string): Promise<boolean> {
  const { client, composers, guardSend } = chat;
  const { draft, editing, replyTo } = composers.get(conversationId);
  const content = (editing?.text ?? draft).trim();
  if (isBlank(content)) return false;
  client.typing.stop(conversationId);
  if (editing !== null) {
    const end = (draft: string) => composers.set(conversationId, { draft, editing: null, replyTo });
    await client.messages.edit(editing.messageId, content).catch((error: unknown) => {
      // No other try could save it.
      if (error instanceof ChatError && error.problem?.code === "message_deleted") end(draft || content);
      throw error;
    });
    end(draft);
    return true;
  }
  if (guardSend !== null && !(await guardSend({ conversationId, content }))) return false;
  // What was written while the host thought about it stays.
  if (composers.get(conversationId).draft === draft) {
    composers.set(conversationId, { draft: "", editing: null, replyTo: null });
  }
  const sent = await client.messages.send(conversationId, content, optionsFor(chat, conversationId, content, replyTo));
  // A refusal shows at the message itself, with its reason.
  sent.acknowledged.catch(() => {});
  return true;
}

function optionsFor(chat: ChatContextValue, id: string, content: string, replyTo: Message | null): SendOptions {
  const { self, conversations } = chat.client.store.getState();
  const conversation = conversations.get(id);
  const people = conversation === undefined ? [] : otherPeople(conversation, self?.id);
  const mentions = mentionedIn(content, people, limits.mentions);
  return { ...(replyTo !== null && { replyTo }), ...(mentions.length > 0 && { mentions }) };
}
