import type { Results } from "../results.ts";
import { type Row, summarize } from "../summarize.ts";
import type { Chart } from "./chart.ts";
import { LABELS } from "./tables.ts";

/** The charts of a run by the names of their files; those of what was not measured are left out. */
export function makeCharts(results: Results): ReadonlyMap<string, Chart> {
  const rows = summarize(results.measurements);
  const labels = { ...LABELS, ...Object.fromEntries(results.peers.map(({ name, label }) => [name, label])) };
  const bars = (figure: string, some: readonly Row[]) =>
    some.flatMap(({ system, figures }) => {
      const spread = figures[figure];
      const label = (labels[system] ?? system).replaceAll("*", "");
      return spread === undefined ? [] : [{ label, value: spread.median, ...spread, isOurs: system === "parley" }];
    });
  const of = (scenario: string, load: string) => rows.filter((row) => row.scenario === scenario && row.load === load);
  const byRate = (some: readonly Row[]) =>
    some.toSorted((one, other) => (other.figures["perSecond"]?.median ?? 0) - (one.figures["perSecond"]?.median ?? 0));
  const charts: [string, Chart][] = [
    [
      "benchmarks-peers.svg",
      {
        title: "Messages a second, 256 in flight, 64 conversations of two people",
        unit: "acknowledged a second; what an acknowledgement means stands in the table",
        bars: bars("perSecond", byRate(of("peers", "256 in flight"))),
      },
    ],
    [
      "benchmarks-durable.svg",
      {
        title: "Parley: send → acknowledged, 99th percentile",
        unit: "milliseconds, from the moment a message was due, by messages a second",
        bars: bars(
          "ackP99",
          rows.filter((row) => row.scenario === "durable" && row.system === "parley" && row.load.endsWith("/s")),
        ).map((bar, index) => ({ ...bar, label: OPEN_LOADS(rows)[index] ?? "" })),
      },
    ],
  ];
  return new Map(charts.filter(([, { bars }]) => bars.length > 0));
}

const OPEN_LOADS = (rows: readonly Row[]): string[] =>
  rows
    .filter((row) => row.scenario === "durable" && row.system === "parley" && row.load.endsWith("/s"))
    .map(({ load }) => load);
