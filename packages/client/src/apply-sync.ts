import type { Conversation, Message, SyncChange, SyncResult } from "@parley/protocol";
import { dropConversation, putConversation } from "./put-conversation.ts";
import { dropPins, keepPins } from "./reduce-pins.ts";
import { changeWindow, showMessage } from "./reduce-messages.ts";
import { newerPreferences, reducePreferences } from "./reduce-preferences.ts";
import { keepPositions, reduceReceipt } from "./reduce-receipts.ts";
import type { ChatState } from "./state.ts";

export interface SyncContext {
  /** The versions that were sent. */
  readonly versions: ReadonlyMap<string, number>;
  /** The user lost this conversation at this version or later, after the question was asked. */
  isGone(conversationId: string, version: number): boolean;
}

/**
 * Lays the answer of a catch-up over the state, which may have moved on by events since the question was asked:
 * each thing is taken only where the answer is ahead.
 */
export function applySync(state: ChatState, result: SyncResult, context: SyncContext): ChatState {
  let next = state;
  for (const change of result.changes) {
    if (!context.isGone(change.conversation.id, change.conversation.version)) next = applyChange(next, change);
  }
  for (const receipt of result.receipts) next = reduceReceipt(next, receipt);
  for (const set of result.preferences) next = reducePreferences(next, set);
  for (const conversationId of result.gone) {
    const now = next.conversations.get(conversationId)?.version;
    if (now === context.versions.get(conversationId)) next = dropConversation(next, conversationId);
  }
  return next;
}

function applyChange(state: ChatState, { conversation, messages, reset }: SyncChange): ChatState {
  const known = state.conversations.get(conversation.id);
  const behind = !known || known.version < conversation.version;
  const moved = putConversation(state, merge(known, conversation));
  const shown =
    reset && behind
      ? changeWindow(dropPins(moved, conversation.id), conversation.id, (window) => ({
          ...window,
          items: messages,
          hasOlder: (messages[0]?.seq ?? 1) > 1,
          hasNewer: false,
        }))
      : moved;
  const isNews = ({ version }: Message) => version > (known?.version ?? 0);
  return messages.reduce(
    (next, message) => showMessage(isNews(message) ? keepPins(next, message) : next, message),
    shown,
  );
}

function merge(known: Conversation | undefined, fresh: Conversation): Conversation {
  if (!known) return fresh;
  const [newer, older] = known.version < fresh.version ? [fresh, known] : [known, fresh];
  return {
    ...newer,
    participants: keepPositions(newer.participants, older.participants),
    preferences: newerPreferences(known.preferences, fresh.preferences),
  };
}
