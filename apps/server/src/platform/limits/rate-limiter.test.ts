import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startRedis, type TestRedis, withoutRedis } from "../../../../../tests/support/start-redis.ts";
import { waitUntil } from "../../../../../tests/support/wait-until.ts";
import { connectRedis, type RedisLink, redisScript } from "../redis/connect-redis.ts";
import { createMemoryRateLimiter } from "./memory-rate-limiter.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { createRedisTakes } from "./redis-takes.ts";
import { createSharedRateLimiter, type TakeAll } from "./shared-rate-limiter.ts";

const PING = redisScript("return 1");
let redis: TestRedis;
let link: RedisLink;

if (!withoutRedis) {
  beforeAll(async () => {
    redis = await startRedis();
    link = connectRedis(redis.url, pino({ level: "silent" }));
    await waitUntil(() => link.run(PING, []).catch(() => null), { what: "Redis answers" });
  });
  afterAll(async () => {
    link.close();
    await redis.stop();
  });
}

/** A memory that must not be asked. */
const nobody: RateLimiter = {
  take: () => Promise.reject(new Error("The memory of this process was asked.")),
};
const overRedis = (): RateLimiter =>
  createSharedRateLimiter(
    createRedisTakes(link, () => Date.now()),
    nobody,
  );
const usesRedis = (create: () => RateLimiter): boolean => create === overRedis;

/** What every driver keeps. */
const drivers: [string, () => RateLimiter][] = [
  ["memory", createMemoryRateLimiter],
  ...(withoutRedis ? [] : ([["Redis", overRedis]] satisfies [string, () => RateLimiter][])),
];

const rate = { count: 3, seconds: 10 };

describe.each(drivers)("rate limiter in %s", (_name, create) => {
  beforeEach(async () => {
    if (usesRedis(create)) await redis.flushAll();
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
  });
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
    if (usesRedis(create)) {
      const leavesIn = await redis.command(["PTTL", "parley:budget:3/10:key 7"]);
      expect(Number(leavesIn)).toBeGreaterThan(0);
      expect(Number(leavesIn)).toBeLessThanOrEqual(10_000);
      return;
    }
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    vi.advanceTimersByTime(10_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("budgets that several processes share", () => {
  const take = (key: string) => ({ key, count: 3, seconds: 10, points: 1 });

  it.skipIf(withoutRedis)("are one budget, by Redis's own clock", async () => {
    const takes = createRedisTakes(link);
    const one = createSharedRateLimiter(takes, nobody);
    const other = createSharedRateLimiter(takes, nobody);
    const waits = await Promise.all([one, other, one, other].map((limiter) => limiter.take("shared", rate)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
    const wait = Math.max(...waits);
    expect(wait).toBeGreaterThan(9_000);
    expect(wait).toBeLessThanOrEqual(10_000);
  });

  it("are asked for together what comes in one tick", async () => {
    const asked: string[][] = [];
    const takeAll: TakeAll = async (takes) => {
      asked.push(takes.map(({ key }) => key));
      return takes.map((_, index) => index);
    };
    const limiter = createSharedRateLimiter(takeAll, nobody);
    expect(await Promise.all(["a", "b", "c"].map((key) => limiter.take(key, rate)))).toEqual([0, 1, 2]);
    await limiter.take("d", rate);
    expect(asked).toEqual([["a", "b", "c"], ["d"]]);
  });

  it("are kept by each process alone while nobody answers, and only the first wait a moment", async () => {
    let answer = (_waits: number[]): void => {};
    const silence = new Promise<number[]>((resolve) => {
      answer = resolve;
    });
    let questions = 0;
    const takeAll: TakeAll = async () => {
      questions += 1;
      return questions === 1 ? silence : [7];
    };
    const limiter = createSharedRateLimiter(takeAll, createMemoryRateLimiter());
    const startedAt = performance.now();
    expect(await limiter.take("a", rate)).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(500);
    const waits = [await limiter.take("a", rate), await limiter.take("a", rate), await limiter.take("a", rate)];
    expect(waits.map((wait) => wait > 0)).toEqual([false, false, true]);
    expect(questions).toBe(1);
    answer([0]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await limiter.take("a", rate)).toBe(7);
  });

  it.skipIf(withoutRedis)("go on while Redis is paused, killed or back", { timeout: 30_000 }, async () => {
    const limiter = createSharedRateLimiter(createRedisTakes(link), createMemoryRateLimiter());
    expect(await limiter.take("b", rate)).toBe(0);
    redis.pause();
    for (let n = 0; n < 5; n += 1) expect((await limiter.take(`paused ${n}`, rate)) >= 0).toBe(true);
    redis.resume();
    await redis.kill();
    const startedAt = performance.now();
    const waits = [];
    for (let n = 0; n < 4; n += 1) waits.push((await limiter.take("killed", rate)) > 0);
    expect(waits).toEqual([false, false, false, true]);
    expect(performance.now() - startedAt).toBeLessThan(500);
    await redis.restart();
    const direct = createRedisTakes(link);
    await expect.poll(() => direct([take("back")]).catch(() => null), { timeout: 10_000 }).toEqual([0]);
    await limiter.take("back", rate);
    await limiter.take("back", rate);
    expect((await direct([take("back")]))[0]).toBeGreaterThan(0);
  });
});
