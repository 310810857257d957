import type { Results } from "../results.ts";
import { type Row, summarize } from "../summarize.ts";
import type { Bar, Chart } from "./chart.ts";
import { LABELS } from "./tables.ts";

/** The charts of a run by the names of their files; those of what was not measured are left out. */
export function makeCharts(results: Results): ReadonlyMap<string, Chart> {
  const rows = summarize(results.measurements);
  const charts: [string, Chart][] = [
    ["benchmarks-peers.svg", makePeersChart(results, rows)],
    ["benchmarks-durable.svg", makeDurableChart(rows)],
  ];
  return new Map(charts.filter(([, { bars }]) => bars.length > 0));
}

const barsOf = (rows: readonly Row[], figure: string, bar: (row: Row) => Omit<Bar, "value" | "min" | "max">): Bar[] =>
  rows.flatMap((row) => {
    const spread = row.figures[figure];
    return spread === undefined ? [] : [{ ...bar(row), value: spread.median, min: spread.min, max: spread.max }];
  });

function makePeersChart({ peers }: Results, rows: readonly Row[]): Chart {
  const labels = { ...LABELS, ...Object.fromEntries(peers.map(({ name, label }) => [name, label])) };
  const some = rows.filter(({ scenario, load }) => scenario === "peers" && load === "512 in flight");
  const weak = new Set(peers.filter(({ semantics }) => semantics.durable.startsWith("no")).map(({ name }) => name));
  const rate = ({ figures }: Row) => figures["perSecond"]?.median ?? 0;
  return {
    title: "Messages a second, 512 in flight, 64 conversations of two people",
    unit: "acknowledged a second; pale: not on disk, flushed, when it is acknowledged",
    bars: barsOf(
      some.toSorted((one, other) => rate(other) - rate(one)),
      "perSecond",
      ({ system }) => ({
        label: (labels[system] ?? system).replaceAll("*", ""),
        isOurs: system === "parley",
        isPale: system === "echo" || weak.has(system),
      }),
    ),
  };
}

const makeDurableChart = (rows: readonly Row[]): Chart => ({
  title: "Parley: send → acknowledged, 99th percentile",
  unit: "milliseconds from the moment a message was due, by messages a second",
  bars: barsOf(
    rows.filter(({ scenario, system, load }) => scenario === "durable" && system === "parley" && load.endsWith("/s")),
    "ackP99",
    ({ load }) => ({ label: load, isOurs: true, isPale: false }),
  ),
});
