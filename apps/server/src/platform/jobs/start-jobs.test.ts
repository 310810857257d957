import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../clock.ts";
import type { Logger } from "../logger.ts";
import { startJobs } from "./start-jobs.ts";

describe("jobs", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("run at their interval, never twice at once, and go on after a failure", async () => {
    const logged: string[] = [];
    const logger = { error: (_what: unknown, text: string) => logged.push(text) } as unknown as Logger;
    const runs = { quick: 0, slow: 0, failing: 0 };
    const job = (name: keyof typeof runs, end: () => Promise<void>) => ({
      name,
      everyMs: 100,
      run: () => {
        runs[name] += 1;
        return end();
      },
    });
    const stop = startJobs({ clock: systemClock, logger }, [
      job("quick", async () => {}),
      job("slow", () => new Promise((resolve) => setTimeout(resolve, 250))),
      job("failing", async () => {
        throw new Error("on purpose");
      }),
    ]);
    await vi.advanceTimersByTimeAsync(900);
    expect(runs).toEqual({ quick: 9, slow: 3, failing: 9 });
    expect(logged).toHaveLength(9);
    stop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(runs.quick).toBe(9);
  });
});
