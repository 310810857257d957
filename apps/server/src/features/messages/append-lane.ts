import { setImmediate as endOfTurn } from "node:timers/promises";
import { AppError } from "../../platform/app-error.ts";
import { appendKey } from "./append-key.ts";
import type { AppendRequest, AppendResult } from "./message-appender.ts";

/** Messages in one round trip, at most. */
const BATCH_SIZE = 200;
/** Of one conversation in a batch, as long as others wait. */
const FAIR_SHARE = 50;
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

  get waiting(): number {
    return this.#waiting.length;
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

  /**
   * The next batch. Where more wait than fit, each conversation first gets its share: a hot one does not keep a lone
   * message of another one waiting. Within a conversation the order stays.
   */
  #takeBatch(): PendingAppend[] {
    const batch = new BatchInMaking();
    if (this.#waiting.length > BATCH_SIZE) this.#waiting = batch.take(this.#waiting, FAIR_SHARE);
    this.#waiting = batch.take(this.#waiting, BATCH_SIZE);
    return batch.members;
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

class BatchInMaking {
  readonly members: PendingAppend[] = [];
  readonly #keys = new Set<string>();
  readonly #taken = new Map<string, number>();

  /**
   * Takes what fits, at most so many of each conversation, and returns the others. A repeat of a message in the same batch
   * waits for the next one, where the first is found stored.
   */
  take(waiting: readonly PendingAppend[], ofConversation: number): PendingAppend[] {
    return waiting.filter((pending) => {
      const { conversationId } = pending.request;
      const taken = this.#taken.get(conversationId) ?? 0;
      if (this.members.length >= BATCH_SIZE || taken >= ofConversation || this.#keys.has(pending.key)) return true;
      this.members.push(pending);
      this.#keys.add(pending.key);
      this.#taken.set(conversationId, taken + 1);
      return false;
    });
  }
}
