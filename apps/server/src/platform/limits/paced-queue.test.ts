import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AppError } from "../app-error.ts";
import { systemClock } from "../clock.ts";
import { type Pace, PacedQueue } from "./paced-queue.ts";

const pace: Pace = { atOnce: 2, restMs: 5, restShare: 1, waiting: 1_000, longestWaitMs: 2_000 };
const WORK_MS = 10;

describe("a paced queue", () => {
  let underWay = 0;
  let most = 0;
  beforeEach(() => {
    vi.useFakeTimers();
    [underWay, most] = [0, 0];
  });
  afterEach(() => void vi.useRealTimers());

  const work = async (): Promise<void> => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, WORK_MS));
    underWay -= 1;
  };
  const refusalOf = async (promise: Promise<unknown>): Promise<number | null> =>
    promise.then(
      () => null,
      (error: unknown) => (error as AppError).details.retryAfterMs ?? 0,
    );
  const idle = { waiting: 0, busy: 0 };

  it("starts at once what finds a place, and gives back what the work gives", async () => {
    const queue = new PacedQueue(systemClock, pace);
    await expect(queue.run(async () => "done")).resolves.toBe("done");
    await expect(queue.run(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(queue.size).toEqual(idle);
  });

  it("never runs more at once than it may, in the order in which they came, and lets a place rest in between", async () => {
    const queue = new PacedQueue(systemClock, pace);
    const started: number[] = [];
    const began = performance.now();
    const all = Array.from({ length: 40 }, (_, n) =>
      queue.run(() => {
        started.push(n);
        return work();
      }),
    );
    await vi.runAllTimersAsync();
    await Promise.all(all);
    expect(most).toBe(2);
    expect(started).toEqual(Array.from({ length: 40 }, (_, n) => n));
    // Half of them after each other, each with a rest as long as itself but for the last one.
    expect(performance.now() - began).toBeGreaterThanOrEqual(20 * WORK_MS + 19 * WORK_MS);
    expect(queue.size).toEqual(idle);
  });

  it("refuses whoever would wait too long, each with a time of its own, near enough to the others'", async () => {
    const queue = new PacedQueue(systemClock, { ...pace, waiting: 10 });
    const admitted = Array.from({ length: 12 }, () => refusalOf(queue.run(work)));
    const refused = (await Promise.all(Array.from({ length: 100 }, () => refusalOf(queue.run(work))))).map(Number);
    expect(refused.every((ms) => ms > 0)).toBe(true);
    expect(new Set(refused).size).toBeGreaterThan(90);
    expect([...refused].sort((one, other) => one - other)).toEqual(refused);
    await vi.runAllTimersAsync();
    expect(await Promise.all(admitted)).toEqual(admitted.map(() => null));
    expect(queue.size).toEqual(idle);
  });

  it("never tells anybody to come later than in half a minute", async () => {
    const queue = new PacedQueue(systemClock, { ...pace, restMs: 200, waiting: 1 });
    const waits = Array.from({ length: 3_000 }, () => refusalOf(queue.run(work)));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(Math.max(...(await Promise.all(waits)).map((ms) => ms ?? 0))).toBeLessThanOrEqual(30_001);
  });

  it("lets everybody in who comes again when told", async () => {
    const queue = new PacedQueue(systemClock, { ...pace, waiting: 20 });
    let tries = 0;
    const comeUntilAdmitted = async (): Promise<void> => {
      for (;;) {
        tries += 1;
        const wait = await refusalOf(queue.run(work));
        if (wait === null) return;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    };
    const all = Array.from({ length: 500 }, comeUntilAdmitted);
    await vi.runAllTimersAsync();
    await Promise.all(all);
    expect(queue.size).toEqual(idle);
    // The times that they were told fit: hardly anybody is turned away again and again.
    expect(tries).toBeLessThan(500 * 3);
  });

  it("refuses those that have waited too long when the work takes longer than it did", async () => {
    const queue = new PacedQueue(systemClock, { ...pace, atOnce: 1, longestWaitMs: 100 });
    const slow = queue.run(() => new Promise((resolve) => setTimeout(resolve, 5_000)));
    const waits = [refusalOf(queue.run(work)), refusalOf(queue.run(work))];
    await vi.advanceTimersByTimeAsync(6_000);
    await slow;
    expect(await Promise.all(waits)).not.toContain(null);
    expect(queue.size).toEqual(idle);
  });
});
