/** `count` actions in `seconds`. */
export interface Rate {
  count: number;
  seconds: number;
}

/** Port. Drivers: memory (one process). */
export interface RateLimiter {
  /**
   * Takes one action from the budget of `key` (e.g. `message:order:<userId>`).
   * Resolves to 0 when it is allowed, else to the milliseconds after which it will be.
   */
  take(key: string, rate: Rate): Promise<number>;
}
