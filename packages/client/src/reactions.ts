import type { Message } from "@parley/protocol";
import { replaceMessage } from "./message-window.ts";
import { changeWindow } from "./reduce-messages.ts";
import { dropReactionChange, putReactionChange } from "./reduce-reactions.ts";
import type { ReactionChange } from "./state.ts";
import type { WritableStore } from "./store.ts";

export interface ReactionsPorts {
  readonly store: WritableStore;
  transmit(messageId: string, change: ReactionChange): Promise<Message>;
  /** The server's answer: it belongs into the state now. */
  onChanged(message: Message): void;
}

/** The user's own reactions from the tap until the server has answered; those to one message go one after the other. */
export class Reactions {
  readonly #ports: ReactionsPorts;
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(ports: ReactionsPorts) {
    this.#ports = ports;
  }

  /** Shows the change at once, and takes it back when it rejects with a `ChatError`. */
  async change(messageId: string, change: ReactionChange): Promise<Message> {
    const { store } = this.#ports;
    store.update((state) => putReactionChange(state, messageId, change));
    const turn = (this.#last.get(messageId) ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => this.#transmit(messageId, change));
    this.#last.set(messageId, turn);
    try {
      return await turn;
    } finally {
      if (this.#last.get(messageId) === turn) this.#last.delete(messageId);
    }
  }

  async #transmit(messageId: string, change: ReactionChange): Promise<Message> {
    const { store, transmit, onChanged } = this.#ports;
    try {
      const message = await transmit(messageId, change);
      // In one step: the event that tells of it may have to wait for an earlier one, and the reaction must not blink.
      store.update((state) =>
        dropReactionChange(
          changeWindow(state, message.conversationId, (window) =>
            replaceMessage(window, message.seq, message.version, () => message),
          ),
          messageId,
          change,
        ),
      );
      onChanged(message);
      return message;
    } catch (error) {
      store.update((state) => dropReactionChange(state, messageId, change));
      throw error;
    }
  }
}
