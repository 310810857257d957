import type { Conversation, Preferences, PreferencesInput } from "@parley/protocol";
import type { Clock } from "./clock.ts";
import { putConversation } from "./put-conversation.ts";
import { newerPreferences } from "./reduce-preferences.ts";
import type { WritableStore } from "./store.ts";

export interface OwnPreferencesPorts {
  readonly clock: Clock;
  readonly store: WritableStore;
  /** Rejects with a `ChatError`. */
  transmit(conversationId: string, input: PreferencesInput): Promise<Preferences>;
}

type Change = Partial<Omit<Preferences, "version">>;

interface Pending {
  /** What the server said last. */
  confirmed: Preferences;
  /** What was asked since, in that order. */
  readonly changes: Change[];
  /** Ends when all of them are answered. */
  turn: Promise<unknown>;
}

/** Changes of the user's own preferences: shown at once, sent one after the other, taken back when refused. */
export class OwnPreferences {
  readonly #ports: OwnPreferencesPorts;
  readonly #pending = new Map<string, Pending>();

  constructor(ports: OwnPreferencesPorts) {
    this.#ports = ports;
  }

  async change(conversationId: string, input: PreferencesInput): Promise<Preferences> {
    const { clock, store, transmit } = this.#ports;
    const conversation = store.getState().conversations.get(conversationId);
    if (!conversation) return await transmit(conversationId, input);
    const pending = this.#pending.get(conversationId) ?? {
      confirmed: conversation.preferences,
      changes: [],
      turn: Promise.resolve(),
    };
    this.#pending.set(conversationId, pending);
    const change = toChange(input, conversation, new Date(clock.now()).toISOString());
    pending.changes.push(change);
    this.#show(conversationId, pending);
    const answered = pending.turn.then(() => transmit(conversationId, input));
    pending.turn = answered.catch(() => undefined);
    try {
      const preferences = await answered;
      pending.confirmed = newerPreferences(pending.confirmed, preferences);
      return preferences;
    } finally {
      pending.changes.splice(pending.changes.indexOf(change), 1);
      if (pending.changes.length === 0) this.#pending.delete(conversationId);
      this.#show(conversationId, pending);
    }
  }

  /** The server's word on this conversation came in: what waits for an answer stays in view. */
  note(conversationId: string): void {
    const pending = this.#pending.get(conversationId);
    const held = this.#ports.store.getState().conversations.get(conversationId)?.preferences;
    if (!pending || !held || newerPreferences(pending.confirmed, held) === pending.confirmed) return;
    pending.confirmed = held;
    this.#show(conversationId, pending);
  }

  #show(conversationId: string, { confirmed, changes }: Pending): void {
    const preferences = Object.assign({ ...confirmed }, ...changes) as Preferences;
    this.#ports.store.update((state) => {
      const conversation = state.conversations.get(conversationId);
      return conversation ? putConversation(state, { ...conversation, preferences }) : state;
    });
  }
}

function toChange(input: PreferencesInput, { preferences, lastSeq }: Conversation, now: string): Change {
  const { pinned, mutedUntil, archived, markedUnread } = input;
  return {
    ...(pinned !== undefined && { pinnedAt: pinned ? (preferences.pinnedAt ?? now) : null }),
    ...(mutedUntil !== undefined && { mutedUntil }),
    ...(archived !== undefined && { archivedSeq: archived ? lastSeq : null }),
    ...(markedUnread !== undefined && { markedUnread }),
  };
}
