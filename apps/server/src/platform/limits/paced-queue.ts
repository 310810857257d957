import { AppError } from "../app-error.ts";
import type { Clock } from "../clock.ts";

export interface Pace {
  /** Pieces of work under way at the same time. */
  readonly atOnce: number;
  /** While others wait, a place stays empty after each piece: at least so long … */
  readonly restMs: number;
  /** … and at least so many times as long as the piece took: when the machine is busy, this takes less of it. */
  readonly restShare: number;
  /** How many may wait. */
  readonly waiting: number;
  /** Nobody waits longer: whoever would have to is told when to come again. */
  readonly longestWaitMs: number;
}

/** Of reading what was missed: a few statements a call. A client waits ten seconds for its answer. */
export const catchUpPace: Pace = { atOnce: 3, restMs: 4, restShare: 0.5, waiting: 2_000, longestWaitMs: 4_000 };

/** Of searching: two statements each, of which the first may take as long as twenty milliseconds. Somebody looks at a field and waits. */
export const searchPace: Pace = { atOnce: 2, restMs: 2, restShare: 0.5, waiting: 200, longestWaitMs: 3_000 };

/** The longest rest, and the latest time that anybody is told to come again. */
const LONGEST_REST_MS = 100;
const LATEST_MS = 30_000;
/** How much a new duration counts in the mean. */
const NEWEST = 0.1;

interface Waiter {
  readonly since: number;
  readonly start: () => void;
  readonly refuse: () => void;
}

/**
 * Lets work that may wait pass at a pace, in the order in which it came: what everybody wants at once after an outage must
 * not take the machine from those who are being served. When nobody waits it costs nothing. Whoever is refused gets a
 * time of its own to come again, so that those times do not meet.
 */
export class PacedQueue {
  readonly #clock: Clock;
  readonly #pace: Pace;
  readonly #queue: Waiter[] = [];
  #busy = 0;
  #meanMs = 1;
  /** Until then, all time is promised to those who were refused. Of `performance.now`. */
  #promisedUntil = 0;

  constructor(clock: Clock, pace: Pace) {
    this.#clock = clock;
    this.#pace = pace;
  }

  /** Pieces that wait, and those under way or resting. */
  get size(): { readonly waiting: number; readonly busy: number } {
    return { waiting: this.#queue.length, busy: this.#busy };
  }

  /** @throws AppError `overloaded` with the time after which to come again */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#enter();
    const began = performance.now();
    try {
      return await work();
    } finally {
      this.#leave(performance.now() - began);
    }
  }

  #enter(): Promise<void> {
    const { atOnce, waiting, longestWaitMs } = this.#pace;
    if (this.#busy < atOnce) {
      this.#busy += 1;
      return Promise.resolve();
    }
    if (this.#queue.length >= waiting || this.#expectedWaitMs() > longestWaitMs) return Promise.reject(this.#refusal());
    return new Promise((resolve, reject) => {
      this.#queue.push({ since: performance.now(), start: resolve, refuse: () => reject(this.#refusal()) });
    });
  }

  #leave(tookMs: number): void {
    this.#meanMs += (tookMs - this.#meanMs) * NEWEST;
    if (this.#queue.length === 0) this.#busy -= 1;
    else this.#clock.after(this.#restMs(tookMs), () => this.#startNext());
  }

  /** Those who have waited too long are refused: nobody may be listening any more. */
  #startNext(): void {
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      if (performance.now() - next.since <= this.#pace.longestWaitMs) {
        next.start();
        return;
      }
      next.refuse();
    }
    this.#busy -= 1;
  }

  #restMs(tookMs: number): number {
    return Math.min(LONGEST_REST_MS, Math.max(this.#pace.restMs, tookMs * this.#pace.restShare));
  }

  /** How long one piece keeps the queue from the next one. */
  #stepMs(): number {
    return (this.#meanMs + this.#restMs(this.#meanMs)) / this.#pace.atOnce;
  }

  #expectedWaitMs(): number {
    return this.#queue.length * this.#stepMs();
  }

  /** Each one who is refused gets the next free moment; when there is none within half a minute, any late one. */
  #refusal(): AppError {
    const now = performance.now();
    const next = Math.max(this.#promisedUntil, now + this.#expectedWaitMs()) + this.#stepMs();
    const isNear = next - now <= LATEST_MS;
    if (isNear) this.#promisedUntil = next;
    const retryAfterMs = isNear ? next - now : LATEST_MS * (0.5 + Math.random() / 2);
    return new AppError("overloaded", { retryAfterMs: Math.ceil(retryAfterMs) });
  }
}
