import { describe, expect, it } from "vitest";
import { takeCommand } from "./command-rate.ts";

const rate = { count: 4, seconds: 1 };

describe("a connection's commands", () => {
  it("may come all at once, up to the rate", () => {
    const budget = { commandsUsedUntil: 0 };
    expect([1, 2, 3, 4, 5].map(() => takeCommand(budget, rate, 10_000))).toEqual([0, 0, 0, 0, 250]);
  });

  it("may go on one by one as time passes, and a refusal costs nothing", () => {
    const budget = { commandsUsedUntil: 0 };
    for (let n = 0; n < 4; n += 1) takeCommand(budget, rate, 10_000);
    expect(takeCommand(budget, rate, 10_100)).toBe(150);
    expect(takeCommand(budget, rate, 10_249)).toBe(1);
    expect(takeCommand(budget, rate, 10_250)).toBe(0);
    expect(takeCommand(budget, rate, 10_250)).toBe(250);
  });

  it("have the whole budget again after a pause, and never more", () => {
    const budget = { commandsUsedUntil: 0 };
    for (let n = 0; n < 4; n += 1) takeCommand(budget, rate, 10_000);
    expect([1, 2, 3, 4, 5].map(() => takeCommand(budget, rate, 60_000))).toEqual([0, 0, 0, 0, 250]);
  });

  it("go on when the clock is put back", () => {
    const budget = { commandsUsedUntil: 0 };
    takeCommand(budget, rate, 3_600_000);
    expect([1, 2, 3, 4, 5].map(() => takeCommand(budget, rate, 10_000))).toEqual([0, 0, 0, 0, 250]);
  });
});
