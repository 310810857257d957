import type { Measurement } from "./trial.ts";

/** Over the rounds. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** One system under one load. */
export interface Row {
  readonly scenario: string;
  readonly load: string;
  readonly system: string;
  /** Only what could be told. */
  readonly figures: Readonly<Record<string, Spread>>;
}

/** Medians and extremes over the rounds, in the order of the first round. */
export function summarize(measurements: readonly Measurement[]): Row[] {
  const first = measurements.filter(({ round }) => round === 1);
  return first.map(({ scenario, load, system, figures }) => {
    const same = measurements.filter((one) => one.scenario === scenario && one.load === load && one.system === system);
    const spreads = Object.keys(figures).flatMap((name) => {
      const known = same.map(({ figures }) => figures[name] ?? null).filter((value) => value !== null);
      return known.length === 0 ? [] : [[name, spreadOf(known)] as const];
    });
    return { scenario, load, system, figures: Object.fromEntries(spreads) };
  });
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return { median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, min: at(0), max: at(sorted.length - 1) };
}
