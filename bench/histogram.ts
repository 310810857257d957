/** Buckets a doubling of the value: a value is known to better than 1 %. */
const STEPS = 128;
const SMALLEST_MS = 0.001;
const DOUBLINGS = 27;

export interface Percentiles {
  readonly count: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Counts times from a microsecond to two minutes in buckets whose width grows with the value. */
export class Histogram {
  readonly #buckets = new Uint32Array(STEPS * DOUBLINGS);
  #count = 0;
  #max = 0;

  record(ms: number): void {
    const position = Math.floor(Math.log2(Math.max(ms, SMALLEST_MS) / SMALLEST_MS) * STEPS);
    const index = Math.min(position, this.#buckets.length - 1);
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
    this.#count += 1;
    this.#max = Math.max(this.#max, ms);
  }

  percentiles(): Percentiles {
    return { count: this.#count, p50: this.#at(0.5), p95: this.#at(0.95), p99: this.#at(0.99), max: round(this.#max) };
  }

  /** The upper edge of the bucket that holds this share of the values. */
  #at(share: number): number {
    const wanted = Math.ceil(this.#count * share);
    let seen = 0;
    for (const [index, count] of this.#buckets.entries()) {
      seen += count;
      if (count > 0 && seen >= wanted) return round(Math.min(SMALLEST_MS * 2 ** ((index + 1) / STEPS), this.#max));
    }
    return 0;
  }
}

const round = (ms: number): number => Math.round(ms * 1_000) / 1_000;
