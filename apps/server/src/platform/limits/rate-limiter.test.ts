import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMemoryRateLimiter } from "./memory-rate-limiter.ts";
import type { RateLimiter } from "./rate-limiter.ts";

/** What every driver keeps. */
const drivers: [string, () => RateLimiter][] = [["memory", createMemoryRateLimiter]];

const rate = { count: 3, seconds: 10 };

describe.each(drivers)("rate limiter in %s", (_name, create) => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const takeMany = async (limiter: RateLimiter, key: string, times: number): Promise<number[]> => {
    const waits: number[] = [];
    for (let n = 0; n < times; n += 1) waits.push(await limiter.take(key, rate));
    return waits;
  };

  it("allows as many actions as the rate says", async () => {
    expect(await takeMany(create(), "a", 3)).toEqual([0, 0, 0]);
  });

  it("says exactly how long to wait", async () => {
    const limiter = create();
    await takeMany(limiter, "a", 3);
    vi.advanceTimersByTime(2_500);
    const wait = await limiter.take("a", rate);
    expect(wait).toBe(7_500);
    vi.advanceTimersByTime(wait - 1);
    expect(await limiter.take("a", rate)).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await limiter.take("a", rate)).toBe(0);
  });

  it("does not move the end by asking again", async () => {
    const limiter = create();
    const waits = await takeMany(limiter, "a", 6);
    expect(waits).toEqual([0, 0, 0, 10_000, 10_000, 10_000]);
  });

  it("takes several actions at once, or refuses them together", async () => {
    const limiter = create();
    expect(await limiter.take("a", rate, 2)).toBe(0);
    expect(await limiter.take("a", rate, 2)).toBe(10_000);
    vi.advanceTimersByTime(10_000);
    expect(await limiter.take("a", rate, 3)).toBe(0);
  });

  it("keeps keys apart, and rates of one key", async () => {
    const limiter = create();
    await takeMany(limiter, "a", 4);
    expect(await limiter.take("b", rate)).toBe(0);
    expect(await limiter.take("a", { count: 1, seconds: 10 })).toBe(0);
  });

  it("forgets keys when their time is over", async () => {
    const limiter = create();
    for (let n = 0; n < 1_000; n += 1) await limiter.take(`key ${n}`, rate);
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    vi.advanceTimersByTime(10_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
