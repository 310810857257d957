import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Results } from "../results.ts";
import type { Measurement } from "../trial.ts";
import { describeComparison, findRegressions } from "./find-regressions.ts";

type Figures = Record<string, number>;

/** Rounds of Parley, each beside a floor of 1,000 a second at 10 µs. */
const run = (load: string, rounds: readonly Figures[]): Measurement[] =>
  rounds.flatMap((figures, index) => [
    { scenario: "durable", load, system: "echo", round: index + 1, figures: { perSecond: 1_000, serverCpu: 10 } },
    { scenario: "durable", load, system: "parley", round: index + 1, figures },
  ]);
const rates = (...values: readonly number[]) =>
  run(
    "64 in flight",
    values.map((perSecond) => ({ perSecond })),
  );

describe("findRegressions", () => {
  const stored = rates(500, 540, 520);

  it.each([
    ["faster", rates(700, 710), 0],
    ["within the spread", rates(505, 480), 0],
    ["within the margin behind it", rates(480, 470), 0],
    ["slower, even at its best", rates(470, 300), 1],
  ])("finds what is %s", (_case, fresh, count) => {
    expect(findRegressions(stored, fresh)).toMatchObject({ compared: 1, regressions: { length: count } });
  });

  it("looks at the ratio and not at the machine", () => {
    const twiceAsFast = (all: readonly Measurement[]): Measurement[] =>
      all.map((one) => ({ ...one, figures: { perSecond: (one.figures["perSecond"] ?? 0) * 2 } }));
    expect(findRegressions(stored, twiceAsFast(rates(510))).regressions).toEqual([]);
    expect(findRegressions(stored, twiceAsFast(rates(400))).regressions).toHaveLength(1);
  });

  it("wants less CPU, and no rate where the rate was given", () => {
    const given = (perSecond: number, serverCpu: number) => run("1,000/s", [{ perSecond, serverCpu }]);
    expect(findRegressions(given(1_000, 20), given(500, 20)).regressions).toEqual([]);
    expect(findRegressions(given(1_000, 20), given(1_000, 22)).regressions).toMatchObject([{ figure: "serverCpu" }]);
  });

  it("says so when nothing can be compared", () => {
    const comparison = findRegressions(stored, run("128 in flight", [{ perSecond: 1 }]));
    expect(describeComparison(comparison, "a file")).toContain("0 ratios compared");
  });

  it("finds none in the documented run against itself, and many ratios", () => {
    const path = new URL("../../docs/benchmarks.json", import.meta.url);
    const { measurements } = JSON.parse(readFileSync(path, "utf8")) as Results;
    const { compared, regressions } = findRegressions(measurements, measurements);
    expect(compared).toBeGreaterThan(20);
    expect(regressions).toEqual([]);
  });
});
