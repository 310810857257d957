import { limits } from "@parley/protocol";
import type { TypingApi } from "./chat-client.ts";
import type { Clock } from "./clock.ts";
import { expireTyping } from "./reduce-typing.ts";
import type { WritableStore } from "./store.ts";

export interface TypingPorts {
  readonly clock: Clock;
  readonly store: WritableStore;
  /** Tells the server if there is a socket; nobody waits for the answer. */
  tell(command: "typing:start" | "typing:stop", conversationId: string): void;
}

/** The user's own typing, throttled, and the end of everybody else's when it runs out. */
export class Typing implements TypingApi {
  readonly #ports: TypingPorts;
  /** When the start was told last, by conversation. */
  readonly #told = new Map<string, number>();
  #timer: unknown = null;
  #timerAt = Number.POSITIVE_INFINITY;

  constructor(ports: TypingPorts) {
    this.#ports = ports;
  }

  start(conversationId: string): void {
    const now = this.#ports.clock.now();
    for (const [other, at] of this.#told) if (now - at >= limits.typingExpiresMs) this.#told.delete(other);
    const before = this.#told.get(conversationId);
    if (before !== undefined && now - before < limits.typingIntervalMs) return;
    this.#told.set(conversationId, now);
    this.#ports.tell("typing:start", conversationId);
  }

  stop(conversationId: string): void {
    if (this.#told.delete(conversationId)) this.#ports.tell("typing:stop", conversationId);
  }

  /** The user's message ends their typing by itself. */
  sent(conversationId: string): void {
    this.#told.delete(conversationId);
  }

  /** A lease was taken: watches its end. */
  watch(): void {
    const ends = [...this.#ports.store.getState().typing.values()].flatMap((people) => [...people.values()]);
    const next = Math.min(...ends);
    if (next >= this.#timerAt || ends.length === 0) return;
    this.#ports.clock.clearTimeout(this.#timer);
    this.#timerAt = next;
    this.#timer = this.#ports.clock.setTimeout(() => this.#expire(), Math.max(0, next - this.#ports.clock.now()));
  }

  close(): void {
    this.#ports.clock.clearTimeout(this.#timer);
    this.#told.clear();
  }

  #expire(): void {
    this.#timerAt = Number.POSITIVE_INFINITY;
    this.#ports.store.update((state) => expireTyping(state, this.#ports.clock.now()));
    this.watch();
  }
}
