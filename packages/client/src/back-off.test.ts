import { ManualClock } from "@parley/testkit";
import { expect, it } from "vitest";
import { backOffMs } from "./back-off.ts";

it("doubles from half a second to thirty, and spreads over the whole time", () => {
  const clock = new ManualClock();
  clock.randomValue = 1;
  expect([1, 2, 3, 6, 7, 50].map((failures) => backOffMs(clock, failures))).toEqual([
    500, 1_000, 2_000, 16_000, 30_000, 30_000,
  ]);
  clock.randomValue = 0;
  expect(backOffMs(clock, 9)).toBe(0);
});
