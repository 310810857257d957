import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Rate, RateLimiter } from "./rate-limiter.ts";

/**
 * Driver in the memory of one process. A budget starts with its first action and is whole again `seconds` later; its
 * key is forgotten then.
 */
export function createMemoryRateLimiter(): RateLimiter {
  const limiters = new Map<string, RateLimiterMemory>();

  function limiterOf({ count, seconds }: Rate): RateLimiterMemory {
    const name = `${count}/${seconds}`;
    const known = limiters.get(name);
    if (known !== undefined) return known;
    const limiter = new RateLimiterMemory({ points: count, duration: seconds });
    limiters.set(name, limiter);
    return limiter;
  }

  return {
    take: async (key, rate, points = 1) => {
      try {
        await limiterOf(rate).consume(key, points);
        return 0;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return Math.max(1, Math.ceil(refusal.msBeforeNext));
      }
    },
  };
}
