import { ManualClock } from "@parley/testkit";
import { expect, it } from "vitest";
import { backOffMs, retryDelayMs } from "./back-off.ts";

it("doubles from half a second to thirty, and spreads over the whole time", () => {
  const clock = new ManualClock();
  clock.randomValue = 1;
  expect([1, 2, 3, 6, 7, 50].map((failures) => backOffMs(clock, failures))).toEqual([
    500, 1_000, 2_000, 16_000, 30_000, 30_000,
  ]);
  clock.randomValue = 0;
  expect(backOffMs(clock, 9)).toBe(0);
});

it("never comes before the server wants it, and at most a quarter later", () => {
  const clock = new ManualClock();
  clock.randomValue = 0;
  expect(retryDelayMs(clock, 1, 4_000)).toBe(4_000);
  clock.randomValue = 1;
  expect(retryDelayMs(clock, 1, 4_000)).toBe(5_000);
  expect(retryDelayMs(clock, 6, 4_000)).toBe(16_000);
  expect(retryDelayMs(clock, 2, undefined)).toBe(1_000);
});
