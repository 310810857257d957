import { setImmediate as endOfTurn } from "node:timers/promises";
import { AppError } from "../../platform/app-error.ts";
import { appendKey } from "./append-key.ts";
import type { AppendRequest, AppendResult } from "./message-appender.ts";

/** Messages in one round trip, at most. */
const BATCH_SIZE = 200;
/** Messages that wait for a round trip; past it the server says that it is busy. */
const WAITING = 4_000;

export interface PendingAppend {
  readonly request: AppendRequest;
  /** Its `appendKey`. */
  readonly key: string;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A queue with one batch in flight. A single message goes at once; what comes in meanwhile is the next batch. No timer:
 * the busier the database, the larger the batches.
 */
export class AppendLane {
  #waiting: PendingAppend[] = [];
  #running: Promise<void> | null = null;
  #draining = false;
  readonly #append: (batch: readonly PendingAppend[]) => Promise<void>;

  /** @param append commits a batch and settles its members; rejects when nothing of it was committed */
  constructor(append: (batch: readonly PendingAppend[]) => Promise<void>) {
    this.#append = append;
  }

  /** @throws AppError `overloaded` when too many wait, `unavailable` after `drain` */
  push(request: AppendRequest): Promise<AppendResult> {
    if (this.#draining) return Promise.reject(new AppError("unavailable", { retryAfterMs: 1_000 }));
    if (this.#waiting.length >= WAITING) return Promise.reject(new AppError("overloaded", { retryAfterMs: 500 }));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, key: appendKey(request), resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Takes no more, and resolves when everything that waits is answered. */
  async drain(): Promise<void> {
    this.#draining = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // All that the sockets brought in this turn of the event loop is one batch; a lone message loses some microseconds.
      await endOfTurn();
      await this.#commit(this.#takeBatch());
    }
    this.#running = null;
  }

  /** A repeat of a message in the same batch waits for the next one, where the first is found stored. */
  #takeBatch(): PendingAppend[] {
    const batch: PendingAppend[] = [];
    const held: PendingAppend[] = [];
    const keys = new Set<string>();
    let taken = 0;
    for (const pending of this.#waiting) {
      if (batch.length >= BATCH_SIZE) break;
      taken += 1;
      (keys.has(pending.key) ? held : batch).push(pending);
      keys.add(pending.key);
    }
    this.#waiting = taken === this.#waiting.length ? held : [...held, ...this.#waiting.slice(taken)];
    return batch;
  }

  async #commit(batch: readonly PendingAppend[]): Promise<void> {
    try {
      await this.#append(batch);
    } catch (error) {
      if (batch.length === 1 || error instanceof AppError) {
        for (const { reject } of batch) reject(error);
        return;
      }
      // One of them is to blame: the others must not suffer for it.
      for (const pending of batch) await this.#commit([pending]);
    }
  }
}
