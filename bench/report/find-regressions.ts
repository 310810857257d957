import type { Measurement } from "../trial.ts";

/** A figure of Parley that fell behind, as a ratio to the floor of the same round. */
export interface Regression {
  readonly scenario: string;
  readonly load: string;
  readonly figure: string;
  /** Lowest and highest ratio over the rounds. */
  readonly before: Range;
  readonly now: Range;
}

interface Range {
  readonly min: number;
  readonly max: number;
}

/** What two runs can be told apart by, and how many such figures both of them had. */
export interface Comparison {
  readonly compared: number;
  readonly regressions: readonly Regression[];
}

/** The same client and the same frames without a database: Socket.IO's echo. */
const FLOOR = "echo";
/** Runs of one machine differ by so much besides what their rounds show. */
const MARGIN = 0.05;
const FIGURES = [
  { figure: "perSecond", isMoreBetter: true },
  { figure: "deliveriesPerSecond", isMoreBetter: true },
  { figure: "serverCpu", isMoreBetter: false },
] as const;

/**
 * Compares two runs by their ratios to the floor, which leave out how fast the machine is. It is a regression where the
 * best round of the new run is worse than the worst one of the stored run.
 */
export function findRegressions(stored: readonly Measurement[], fresh: readonly Measurement[]): Comparison {
  const found = loadsOf(fresh).flatMap(({ scenario, load }) =>
    FIGURES.flatMap(({ figure, isMoreBetter }) => {
      // With so many messages a second given, a rate says nothing.
      if (isMoreBetter && load.endsWith("/s")) return [];
      const before = ratios(stored, scenario, load, figure);
      const now = ratios(fresh, scenario, load, figure);
      if (before === null || now === null) return [];
      const isWorse = isMoreBetter ? now.max < before.min * (1 - MARGIN) : now.min > before.max * (1 + MARGIN);
      return [{ isWorse, regression: { scenario, load, figure, before, now } }];
    }),
  );
  return {
    compared: found.length,
    regressions: found.filter(({ isWorse }) => isWorse).map(({ regression }) => regression),
  };
}

/** Each once. */
const loadsOf = (measurements: readonly Measurement[]): Pick<Measurement, "scenario" | "load">[] => [
  ...new Map(measurements.map(({ scenario, load }) => [`${scenario}\n${load}`, { scenario, load }])).values(),
];

/** null: one of the two was not measured. */
function ratios(all: readonly Measurement[], scenario: string, load: string, figure: string): Range | null {
  const same = all.filter((one) => one.scenario === scenario && one.load === load);
  const of = (system: string, round: number) =>
    same.find((one) => one.system === system && one.round === round)?.figures[figure] ?? null;
  const known = same.flatMap(({ system, round }) => {
    const [ours, floor] = system === "parley" ? [of("parley", round), of(FLOOR, round)] : [null, null];
    return ours === null || floor === null || floor === 0 ? [] : [ours / floor];
  });
  return known.length === 0 ? null : { min: Math.min(...known), max: Math.max(...known) };
}

/** One line for each, or that there is none. */
export function describeComparison({ compared, regressions }: Comparison, against: string): string {
  const text = ({ min, max }: Range) => `${min.toFixed(2)}–${max.toFixed(2)}`;
  const lines = regressions.map(
    ({ scenario, load, figure, before, now }) =>
      `  ${scenario}, ${load}: ${figure} is ${text(now)} times the floor's, it was ${text(before)}`,
  );
  return [`${compared} ratios compared with ${against}, ${regressions.length} worse beyond the spread`, ...lines].join(
    "\n",
  );
}
