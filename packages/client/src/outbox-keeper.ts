import type { Clock } from "./clock.ts";
import { inSendingOrder, type OutboxStore } from "./outbox-store.ts";
import type { OutboxMessage } from "./state.ts";

/** A disk that has not answered by then is taken for one that never will, until it does; in milliseconds. */
const patienceMs = 3_000;

/**
 * The entries on the disk, and those that no disk would take: a full, forbidden or silent one does not keep a message
 * from being sent. Only `readAll` and what was kept elsewhere survive the page.
 */
export class OutboxKeeper {
  readonly #store: Promise<OutboxStore>;
  readonly #clock: Clock;
  readonly #volatile = new Map<string, OutboxMessage>();
  #isSilent = false;

  /** @param store resolves when the user is known */
  constructor(store: Promise<OutboxStore>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** false: it is kept in this page alone. */
  async keep(entry: OutboxMessage): Promise<boolean> {
    return await this.#ask((store) => store.put(entry)).then(
      () => {
        this.#volatile.delete(entry.clientMessageId);
        return true;
      },
      () => {
        this.#volatile.set(entry.clientMessageId, entry);
        return false;
      },
    );
  }

  /** Of another tab: what that one could not keep, it may not live to send. */
  adopt({ entry, isVolatile }: { entry: OutboxMessage; isVolatile: boolean }): void {
    if (isVolatile) this.#volatile.set(entry.clientMessageId, entry);
  }

  /** Another tab says what became of it: null when it need not be sent any more. */
  changed(clientMessageId: string, entry: OutboxMessage | null): void {
    if (!this.#volatile.has(clientMessageId)) return;
    if (entry) this.#volatile.set(clientMessageId, entry);
    else this.#volatile.delete(clientMessageId);
  }

  async forget(clientMessageId: string): Promise<void> {
    this.#volatile.delete(clientMessageId);
    await this.#ask((store) => store.remove(clientMessageId)).catch(() => undefined);
  }

  /** In the order of sending. */
  async readAll(): Promise<readonly OutboxMessage[]> {
    const stored = await this.#ask((store) => store.readAll()).catch(() => []);
    return [...stored.filter((entry) => !this.#volatile.has(entry.clientMessageId)), ...this.#volatile.values()].sort(
      inSendingOrder,
    );
  }

  /** Everything is asked of the disk in its order, also while nobody waits for its answers. */
  async #ask<Answer>(question: (store: OutboxStore) => Promise<Answer>): Promise<Answer> {
    const answer = question(await this.#store);
    answer.then(
      () => {
        this.#isSilent = false;
      },
      () => undefined,
    );
    if (this.#isSilent) throw new Error("The disk does not answer.");
    return await this.#inTime(answer);
  }

  #inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const timer = this.#clock.setTimeout(() => {
        this.#isSilent = true;
        reject(new Error("The disk does not answer."));
      }, patienceMs);
      answer.then(resolve, reject).finally(() => this.#clock.clearTimeout(timer));
    });
  }
}
