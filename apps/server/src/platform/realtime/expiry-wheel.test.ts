import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../clock.ts";
import { createExpiryWheel } from "./expiry-wheel.ts";

describe("expiry wheel", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 10_000 }));
  afterEach(() => void vi.useRealTimers());

  const start = () => {
    const ended: [string, number][] = [];
    return { ended, wheel: createExpiryWheel<string>(systemClock, (item) => ended.push([item, Date.now()])) };
  };

  it("ends each item at its time, by one timer for all", () => {
    const { ended, wheel } = start();
    for (let n = 0; n < 1_000; n += 1) wheel.schedule(`item ${n}`, 10_000 + n * 10);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(11_000);
    expect(ended).toHaveLength(1_000);
    for (const [n, [, at]] of ended.entries()) {
      expect(at).toBeGreaterThanOrEqual(10_000 + n * 10);
      expect(at - (10_000 + n * 10)).toBeLessThanOrEqual(500);
    }
  });

  it("moves an end, and forgets one", () => {
    const { ended, wheel } = start();
    wheel.schedule("moved", 11_000);
    wheel.schedule("moved", 13_000);
    wheel.schedule("cancelled", 11_000);
    wheel.cancel("cancelled");
    vi.advanceTimersByTime(2_500);
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(ended).toEqual([["moved", 13_000]]);
  });

  it("ends at once what had ended before, at its next turn", () => {
    const { ended, wheel } = start();
    wheel.schedule("late", 5_000);
    vi.advanceTimersByTime(250);
    expect(ended).toHaveLength(1);
  });

  it("stands still when stopped", () => {
    const { ended, wheel } = start();
    wheel.schedule("item", 10_100);
    wheel.stop();
    vi.advanceTimersByTime(10_000);
    expect(ended).toEqual([]);
  });
});
