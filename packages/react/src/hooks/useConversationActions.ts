import { ChatError } from "@parley/client";
import type { Conversation, PreferencesInput } from "@parley/protocol";
import { useCallback, useMemo, useState } from "react";
import { useChat } from "../chat-context.ts";
import { conversationName } from "../people.ts";
import { problemText } from "../problem-text.ts";
import { useSelf } from "./useSelf.ts";

/** Said for a moment under the list, with the way back where there is one. */
export interface Notice {
  readonly text: string;
  readonly undo: (() => void) | null;
}

export interface ConversationActions {
  open(conversationId: string): void;
  change(conversationId: string, input: PreferencesInput): void;
  markUnread(conversation: Conversation, unread: boolean): void;
  /** Into the archive or out of it, with a notice that takes it back. */
  archive(conversation: Conversation, archived: boolean): void;
  askLeave(conversation: Conversation): void;
}

export interface ConversationActionsState {
  readonly actions: ConversationActions;
  readonly notice: Notice | null;
  readonly say: (text: string) => void;
  readonly dismissNotice: () => void;
  /** Somebody thinks about leaving it. */
  readonly leaving: Conversation | null;
  readonly endLeaving: () => void;
}

/** What the menu of the inbox does, and what it has to say afterwards. A refusal becomes a notice. */
export function useConversationActions(open: (conversationId: string) => void): ConversationActionsState {
  const chat = useChat();
  const selfId = useSelf()?.id;
  const [notice, setNotice] = useState<Notice | null>(null);
  const [leaving, setLeaving] = useState<Conversation | null>(null);
  const actions = useMemo<ConversationActions>(() => {
    const { client, labels } = chat;
    const attempt = (work: Promise<unknown>) =>
      work.catch((error: unknown) => {
        setNotice({ text: problemText(error instanceof ChatError ? error.problem : null, labels), undo: null });
      });
    const change = (id: string, input: PreferencesInput) =>
      void attempt(client.conversations.setPreferences(id, input));
    return {
      open,
      change,
      markUnread: ({ id, unread: count, lastSeq, preferences }, unread) => {
        if (unread) return change(id, { markedUnread: true });
        if (count > 0) void attempt(client.receipts.read(id, lastSeq));
        if (preferences.markedUnread) change(id, { markedUnread: false });
      },
      archive: (conversation, archived) => {
        const name = conversationName(conversation, selfId, chat);
        change(conversation.id, { archived });
        setNotice({
          text: archived ? labels.archivedNow(name) : labels.unarchivedNow(name),
          undo: () => change(conversation.id, { archived: !archived }),
        });
      },
      askLeave: setLeaving,
    };
  }, [chat, open, selfId]);
  const say = useCallback((text: string) => setNotice({ text, undo: null }), []);
  const dismissNotice = useCallback(() => setNotice(null), []);
  const endLeaving = useCallback(() => setLeaving(null), []);
  return { actions, notice, say, dismissNotice, leaving, endLeaving };
}
