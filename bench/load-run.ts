import { Histogram } from "./histogram.ts";
import type { Counts, JobResult } from "./load-job.ts";
import { traffic } from "./wire/tcp.ts";

/** Numbers of messages under way at the same time differ in these bits. */
const SLOTS = 1 << 20;

/**
 * The bookkeeping of one run after the other: when each message came due, and that its answer came once and its copies as often
 * as there are other people. Messages that came due in the warm-up are not counted.
 */
export class LoadRun {
  readonly #dueAt = new Float64Array(SLOTS);
  /** The connection that sent it, so that its own copy does not count as delivered. */
  readonly #sentBy = new Uint32Array(SLOTS);
  readonly #copiesMissing = new Int32Array(SLOTS);
  readonly #answersMissing = new Int8Array(SLOTS);
  #next = 1;
  #first = 1;
  #ack = new Histogram();
  #delivered = new Histogram();
  #totals = { acked: 0, delivered: 0 };
  #counted = { sent: 0, acked: 0, refused: 0, copies: 0, heard: 0, wrong: 0 };
  from = Number.POSITIVE_INFINITY;
  until = Number.POSITIVE_INFINITY;
  /** Sent and not answered, not delivered. */
  underWay = 0;
  undelivered = 0;
  onAnswered = (): void => {};
  onDelivered = (): void => {};

  begin(warmUpMs: number, ms: number): number {
    const now = performance.now();
    this.from = now + warmUpMs;
    this.until = this.from + ms;
    this.#first = this.#next;
    this.#ack = new Histogram();
    this.#delivered = new Histogram();
    this.#counted = { sent: 0, acked: 0, refused: 0, copies: 0, heard: 0, wrong: 0 };
    this.underWay = 0;
    this.undelivered = 0;
    this.onAnswered = () => {};
    this.onDelivered = () => {};
    return now;
  }

  /** @returns the number of the next message */
  send(due: number, connection: number, copies: number): number {
    const number = this.#next++;
    const slot = number % SLOTS;
    this.#dueAt[slot] = due;
    this.#sentBy[slot] = connection;
    this.#answersMissing[slot] = 1;
    this.#copiesMissing[slot] = copies;
    this.underWay += 1;
    this.undelivered += copies;
    if (this.#isCounted(due)) this.#counted.sent += 1;
    return number;
  }

  get next(): number {
    return this.#next;
  }

  answered(number: number, ok: boolean): void {
    if (number < this.#first) return;
    const slot = number % SLOTS;
    if (!this.#isMissing(number, this.#answersMissing)) return;
    this.underWay -= 1;
    const copies = this.#copiesMissing[slot] ?? 0;
    if (!ok) this.undelivered -= copies;
    else this.#totals.acked += 1;
    const due = this.#dueAt[slot] ?? 0;
    if (this.#isCounted(due)) this.#count(ok, due);
    this.onAnswered();
  }

  heard(connection: number, number: number): void {
    if (number < this.#first || this.#sentBy[number % SLOTS] === connection) return;
    if (!this.#isMissing(number, this.#copiesMissing)) return;
    this.undelivered -= 1;
    this.#totals.delivered += 1;
    const due = this.#dueAt[number % SLOTS] ?? 0;
    if (this.#isCounted(due)) {
      this.#counted.heard += 1;
      this.#delivered.record(performance.now() - due);
    }
    this.onDelivered();
  }

  counts(): Counts {
    return { ...this.#totals, frames: traffic.frames, bytes: traffic.bytes };
  }

  result(began: Counts, ended: Counts): JobResult {
    const { sent, acked, refused, wrong } = this.#counted;
    const seconds = (this.until - this.from) / 1_000;
    return {
      sent,
      acked,
      refused,
      unanswered: sent - acked - refused,
      undelivered: this.undelivered,
      wrong,
      ackedPerSecond: (ended.acked - began.acked) / seconds,
      deliveredPerSecond: (ended.delivered - began.delivered) / seconds,
      ack: this.#ack.percentiles(),
      delivered: this.#delivered.percentiles(),
    };
  }

  #count(ok: boolean, due: number): void {
    if (!ok) {
      this.#counted.refused += 1;
      return;
    }
    this.#counted.acked += 1;
    this.#ack.record(performance.now() - due);
  }

  #isCounted(due: number): boolean {
    return due >= this.from && due < this.until;
  }

  /** One more than there may be, or one of a message that was never sent, is wrong. */
  #isMissing(number: number, missing: Int8Array | Int32Array): boolean {
    const slot = number % SLOTS;
    const left = missing[slot] ?? 0;
    if (number < this.#next && left > 0) {
      missing[slot] = left - 1;
      return true;
    }
    this.#counted.wrong += 1;
    return false;
  }
}
