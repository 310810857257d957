import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  describeProcessBus,
  type HeardBus,
  listenTo,
  numbered,
  versionsOf,
} from "../../../../../tests/support/process-bus-contract.ts";
import { startRedis, type TestRedis, withoutRedis } from "../../../../../tests/support/start-redis.ts";
import { waitUntil } from "../../../../../tests/support/wait-until.ts";
import { systemClock } from "../clock.ts";
import { createMetrics } from "../metrics.ts";
import type { ProcessBus } from "./process-bus.ts";
import { createRedisProcessBus } from "./redis-process-bus.ts";

const logger = pino({ level: "silent" });
const openBus = (url: string): ProcessBus =>
  createRedisProcessBus({ url, clock: systemClock, logger, metrics: createMetrics() });

let redis: TestRedis;

if (!withoutRedis) {
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  describeProcessBus("Redis", async (count) => Array.from({ length: count }, () => openBus(redis.url)));
}

describe.skipIf(withoutRedis)("process bus over a Redis that breaks", { timeout: 30_000 }, () => {
  const open: ProcessBus[] = [];
  afterEach(async () => {
    redis.resume();
    await Promise.all(open.splice(0).map((bus) => bus.close()));
  });

  const two = async (url = redis.url): Promise<[HeardBus, HeardBus]> => {
    const heard = [listenTo(openBus(url)), listenTo(openBus(url))] as const;
    open.push(...heard.map(({ bus }) => bus));
    await waitUntil(() => open.every(({ isWhole }) => isWhole), { what: "the bus is whole" });
    // The first one may still take the second for a stranger.
    await passes(heard[0], heard[1], 1);
    await passes(heard[1], heard[0], 1);
    return [...heard];
  };

  const passes = async (from: HeardBus, to: HeardBus, version: number): Promise<void> => {
    from.bus.publish(numbered(version));
    await expect.poll(() => versionsOf(to), { timeout: 5_000 }).toContain(version);
  };

  const whole = (...heard: HeardBus[]) =>
    waitUntil(() => heard.every(({ bus }) => bus.isWhole), { withinMs: 15_000, what: "the bus is whole again" });
  const broken = (...heard: HeardBus[]) =>
    waitUntil(() => heard.every(({ bus }) => !bus.isWhole), { what: "the bus is noticed to be broken" });

  it("is noticed when paused; what waited comes late or is missed with a gap, and then all is well again", async () => {
    const [one, other] = await two();
    redis.pause();
    const gapsBefore = other.gaps;
    for (let version = 2; version < 30_000; version += 1) one.bus.publish(numbered(version));
    await broken(one, other);
    redis.resume();
    await whole(one, other);
    expect(other.gaps).toBeGreaterThan(gapsBefore);
    await passes(one, other, 100_000);
    await passes(other, one, 100_000);
    const versions = versionsOf(other);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(new Set(versions).size).toBe(versions.length);
  });

  it("is noticed when killed; after the restart notes pass, with a gap told to each", async () => {
    const [one, other] = await two();
    await redis.kill();
    await broken(one, other);
    const gapsBefore = [one.gaps, other.gaps];
    for (let version = 2; version < 50_000; version += 1) one.bus.publish(numbered(version));
    await redis.restart();
    await whole(one, other);
    await expect.poll(() => [one.gaps > (gapsBefore[0] ?? 0), other.gaps > (gapsBefore[1] ?? 0)]).toEqual([true, true]);
    await passes(one, other, 100_000);
    await passes(other, one, 100_000);
    expect(versionsOf(other)).toEqual([1, 100_000]);
  });

  it("tells a gap for what a flush took away unread", async () => {
    const [one, other] = await two();
    const write = (counter: number) =>
      `redis.call('XADD', 'parley:bus', '*', 'process', 'third', 'counter', '${counter}', 'notes', '') `;
    await redis.command(["EVAL", `${write(1)} return 1`, "0"]);
    await passes(one, other, 2);
    const gapsBefore = other.gaps;
    await redis.command(["EVAL", `${write(2)} redis.call('FLUSHALL') ${write(3)} return 1`, "0"]);
    await passes(one, other, 3);
    expect(other.gaps).toBe(gapsBefore + 1);
    expect(other.bus.isWhole).toBe(true);
  });

  it("tells a gap when the last note was lost, by the next sign of life", async () => {
    const [one, other] = await two();
    const gapsBefore = other.gaps;
    await redis.command(["CONFIG", "SET", "maxmemory", "1"]);
    one.bus.publish(numbered(2));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await redis.command(["CONFIG", "SET", "maxmemory", "0"]);
    await expect.poll(() => other.gaps, { timeout: 3_000 }).toBeGreaterThan(gapsBefore);
    expect(versionsOf(other)).toEqual([1]);
    await passes(one, other, 3);
  });

  it("is not whole while Redis refuses to write, and is again when it does not", async () => {
    const [one, other] = await two();
    await redis.command(["CONFIG", "SET", "maxmemory", "1"]);
    await broken(one, other);
    await redis.command(["CONFIG", "SET", "maxmemory", "0"]);
    await whole(one, other);
    await passes(one, other, 2);
  });

  it("finds its place in a stream that began anew with smaller ids", async () => {
    const [one, other] = await two();
    await redis.command(["XADD", "parley:bus", `${Date.now() + 3_600_000}-0`, "not", "ours"]);
    await passes(one, other, 2);
    await redis.flushAll();
    await whole(one, other);
    await passes(one, other, 3);
    await passes(other, one, 3);
  });

  it("takes what is not a note for a gap", async () => {
    const [, other] = await two();
    const gapsBefore = other.gaps;
    await redis.command(["XADD", "parley:bus", "*", "nonsense", "1"]);
    await redis.command(["XADD", "parley:bus", "*", "process", "x", "counter", "1", "notes", "{]"]);
    await expect.poll(() => other.gaps).toBeGreaterThanOrEqual(gapsBefore + 2);
  });

  it("says so once when there is no Redis from the beginning, and is whole when there is one", async () => {
    const said: string[] = [];
    const listening = { warn: (_: unknown, text: string) => said.push(text), info: (text: string) => said.push(text) };
    await redis.kill();
    const bus = createRedisProcessBus({
      url: redis.url,
      clock: systemClock,
      logger: listening as never,
      metrics: createMetrics(),
    });
    open.push(bus);
    await expect.poll(() => said, { timeout: 6_000 }).toHaveLength(1);
    expect(said[0]).toMatch(/^Notes do not pass/);
    await redis.restart();
    await whole(listenTo(bus));
    expect(said).toHaveLength(2);
  });

  it("knows a password, and lives with a wrong one", async () => {
    const guarded = await startRedis(["--requirepass", "secret"]);
    try {
      const [one, other] = await two(guarded.url);
      await passes(one, other, 2);
      const stranger = openBus(guarded.url.replace("secret", "guess"));
      open.push(stranger);
      stranger.publish(numbered(3));
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(stranger.isWhole).toBe(false);
    } finally {
      await Promise.all(open.splice(0).map((bus) => bus.close()));
      await guarded.stop();
    }
  });
});
