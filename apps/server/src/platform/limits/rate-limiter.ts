/** `count` actions in `seconds`. */
export interface Rate {
  count: number;
  seconds: number;
}

/** Port. Drivers: memory (one process), shared (over Redis, or over the primary of several workers). */
export interface RateLimiter {
  /**
   * Takes `points` actions (one, when left out; at most `rate.count`) from the budget of `key` (e.g.
   * `message:order:<userId>`): all of them or, when so many are not left, what is left of the budget.
   * Resolves to 0 when they are allowed, else to the milliseconds after which they will be.
   */
  take(key: string, rate: Rate, points?: number): Promise<number>;
}
