import type { Percentiles } from "./histogram.ts";
import type { Load } from "./load-job.ts";
import { LOADS, type Measurement } from "./measure-all.ts";

/** Over the rounds. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface LoadRow {
  readonly system: string;
  readonly load: string;
  readonly perSecond: Spread;
  readonly ack: Record<"p50" | "p95" | "p99", Spread>;
  readonly delivered: Record<"p50" | "p95" | "p99", Spread>;
  /** Microseconds a message; null where it cannot be told. */
  readonly serverCpu: Spread | null;
  readonly postgresCpu: Spread | null;
  readonly clientCpu: Spread | null;
  /** Over all rounds. */
  readonly refused: number;
  readonly unanswered: number;
}

export interface InsertRow {
  readonly rows: number;
  readonly perSecond: Spread;
  readonly p50: Spread;
  readonly p99: Spread;
  readonly postgresCpu: Spread | null;
}

export interface Summary {
  readonly inserts: readonly InsertRow[];
  readonly loads: readonly LoadRow[];
}

const SYSTEMS = ["echo", "parley", "naive"] as const;

export const nameOfLoad = (load: Load): string =>
  load.kind === "open"
    ? `${load.rate.toLocaleString("en")}/s`
    : load.kind === "closed"
      ? `${load.inFlight} in flight`
      : `${load.messages} at once`;

/** Medians and extremes over the rounds, load by load, the systems side by side. */
export function summarize(measurements: readonly Measurement[]): Summary {
  const loads = LOADS.flatMap((load) =>
    SYSTEMS.map((system) => {
      const results = measurements.flatMap((one) =>
        one.what === "load" && one.system === system && nameOfLoad(one.load) === nameOfLoad(load) ? [one.result] : [],
      );
      return {
        system,
        load: nameOfLoad(load),
        perSecond: spread(results.map(({ ackedPerSecond }) => ackedPerSecond)),
        ack: spreads(results.map(({ ack }) => ack)),
        delivered: spreads(results.map(({ delivered }) => delivered)),
        serverCpu: spreadOrNull(results.map(({ cpu }) => cpu.server)),
        postgresCpu: spreadOrNull(results.map(({ cpu }) => cpu.postgres)),
        clientCpu: spreadOrNull(results.map(({ cpu }) => cpu.client)),
        refused: sum(results.map(({ refused }) => refused)),
        unanswered: sum(results.map(({ unanswered }) => unanswered)),
      };
    }),
  );
  return { inserts: summarizeInserts(measurements), loads };
}

function summarizeInserts(measurements: readonly Measurement[]): InsertRow[] {
  const inserts = measurements.filter((one) => one.what === "inserts");
  return [...new Set(inserts.map(({ rows }) => rows))].map((rows) => {
    const results = inserts.filter((one) => one.rows === rows).map(({ result }) => result);
    return {
      rows,
      perSecond: spread(results.map(({ rowsPerSecond }) => rowsPerSecond)),
      p50: spread(results.map(({ statement }) => statement.p50)),
      p99: spread(results.map(({ statement }) => statement.p99)),
      postgresCpu: spreadOrNull(results.map(({ postgresCpu }) => postgresCpu)),
    };
  });
}

const spreads = (all: readonly Percentiles[]): Record<"p50" | "p95" | "p99", Spread> => ({
  p50: spread(all.map(({ p50 }) => p50)),
  p95: spread(all.map(({ p95 }) => p95)),
  p99: spread(all.map(({ p99 }) => p99)),
});

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return { median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, min: at(0), max: at(sorted.length - 1) };
}

function spreadOrNull(values: readonly (number | null)[]): Spread | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : spread(known);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
