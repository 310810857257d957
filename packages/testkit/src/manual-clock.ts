interface Timer {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock {
  readonly #timers = new Map<number, Timer>();
  #now: number;
  #order = 0;
  /** What `random` gives; jitter is full at 1. */
  randomValue = 0.5;

  /** `now`: milliseconds since the epoch. */
  constructor(now: number = Date.parse("2026-01-05T08:00:00.000Z")) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly random = (): number => this.randomValue;

  readonly setTimeout = (callback: () => void, ms: number): unknown => {
    this.#order += 1;
    this.#timers.set(this.#order, { at: this.#now + Math.max(0, ms), order: this.#order, callback });
    return this.#order;
  };

  readonly clearTimeout = (handle: unknown): void => {
    this.#timers.delete(handle as number);
  };

  /** How many timers are running. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves on by `ms`; every timer on the way fires at its time, and what it set off settles before the next one. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.at);
      this.#timers.delete(next.order);
      next.callback();
      await settle();
    }
    this.#now = end;
  }

  #next(end: number): Timer | undefined {
    const due = [...this.#timers.values()].filter((timer) => timer.at <= end);
    return due.sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }
}

/** Node's, without the delay of a timer; a page has only timers. */
const soon: (callback: () => void) => void =
  (globalThis as { setImmediate?: (callback: () => void) => void }).setImmediate ??
  ((callback) => globalThis.setTimeout(callback, 0));

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise<void>((resolve) => soon(resolve));
}
