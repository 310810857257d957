import type { Clock } from "../clock.ts";

/**
 * Keys that end a fixed time after they were last set. They stand in the order of their ends, so that finding those
 * that ended costs nothing for the others.
 */
export class ExpiringMap<Key, Value> {
  readonly #entries = new Map<Key, { value: Value; endsAt: number }>();
  readonly #clock: Clock;
  readonly #lifetimeMs: number;

  constructor(clock: Clock, lifetimeMs: number) {
    this.#clock = clock;
    this.#lifetimeMs = lifetimeMs;
  }

  get size(): number {
    return this.#entries.size;
  }

  set(key: Key, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, endsAt: this.#clock.now() + this.#lifetimeMs });
  }

  /** undefined when the key was never set or has ended. */
  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.endsAt > this.#clock.now() ? entry.value : undefined;
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  /** false when the key was not there or had ended. */
  delete(key: Key): boolean {
    const lives = this.has(key);
    this.#entries.delete(key);
    return lives;
  }

  /** Removes those that have ended, oldest first, at most `max` of them, and returns them. */
  takeEnded(max = Number.POSITIVE_INFINITY): [Key, Value][] {
    const now = this.#clock.now();
    this.#shorten(now + this.#lifetimeMs);
    const ended: [Key, Value][] = [];
    for (const [key, { value, endsAt }] of this.#entries) {
      if (endsAt > now || ended.length >= max) break;
      this.#entries.delete(key);
      ended.push([key, value]);
    }
    return ended;
  }

  /** Nothing ends later than a lifetime from now: else a clock that was put back would hold up all that comes after. */
  #shorten(latest: number): void {
    const [oldest] = this.#entries.values();
    if (oldest === undefined || oldest.endsAt <= latest) return;
    for (const entry of this.#entries.values()) entry.endsAt = Math.min(entry.endsAt, latest);
  }
}
