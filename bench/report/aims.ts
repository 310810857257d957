import type { Results } from "../results.ts";
import { type Row, summarize } from "../summarize.ts";
import { number } from "./cells.ts";
import type { Table } from "./table.ts";

interface Aim {
  readonly aim: string;
  /** What was measured, in the aim's unit; null when it was not. */
  readonly measure: (find: Find) => number | null;
  readonly wanted: number;
  /** Whether less is better. */
  readonly most?: true;
  readonly unit: string;
  /** Told where the aim is missed. */
  readonly limit: string;
}

type Find = (scenario: string, load: string, system: string, figure: string) => number | null;

const quotient = (one: number | null, other: number | null): number | null =>
  one === null || other === null || other === 0 ? null : one / other;
const besides = (find: Find, peer: string) => {
  const rate = (system: string) => find("peers", "512 in flight", system, "perSecond");
  return quotient(rate("parley"), rate(peer));
};
const best = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
};

const SHARED = "Both cores are busy: Node, PostgreSQL and the load client share them; the budget below says how.";
const ONE_CALL_EACH =
  "A message alone is one system call for each receiver, from one core: Socket.IO without a database stops near there too.";
const LOOP = "One process writes from one core; what a delivery costs it stands beside.";

const AIMS: readonly Aim[] = [
  {
    aim: "ack p99 at 1,000 messages a second, at most",
    measure: (find) => find("durable", "1,000/s", "parley", "ackP99"),
    ...{ wanted: 25, most: true, unit: "ms", limit: SHARED },
  },
  {
    aim: "ack p99 at 5,000 messages a second, at most",
    measure: (find) => find("durable", "5,000/s", "parley", "ackP99"),
    ...{ wanted: 100, most: true, unit: "ms", limit: SHARED },
  },
  {
    aim: "durable messages a second at saturation",
    measure: (find) =>
      best([64, 128, 256, 512].map((load) => find("durable", `${load} in flight`, "parley", "perSecond"))),
    ...{ wanted: 8_000, unit: "/s", limit: SHARED },
  },
  {
    aim: "of Socket.IO's rate without a database, 256 in flight",
    measure: (find) =>
      quotient(
        find("durable", "256 in flight", "parley", "perSecond"),
        find("durable", "256 in flight", "echo", "perSecond"),
      ),
    ...{
      wanted: 0.5,
      unit: "×",
      limit: "PostgreSQL takes its part of the same two cores; in Node's CPU alone see below.",
    },
  },
  {
    aim: "ejabberd's rate with its archive in the same PostgreSQL, 512 in flight",
    measure: (find) => besides(find, "ejabberd"),
    ...{
      wanted: 8,
      unit: "×",
      limit: "ejabberd acknowledges after one of its two rows a message; rounds differ much, see the spread.",
    },
  },
  {
    aim: "parse-server's rate on the same PostgreSQL, 512 in flight",
    measure: (find) => besides(find, "parse-server"),
    ...{ wanted: 8, unit: "×", limit: SHARED },
  },
  {
    aim: "deliveries a second, one message at a time",
    measure: (find) =>
      best(
        ["100", "1,000"].map((size) =>
          find("fan-out", `${size} receivers, 1 at a time`, "parley", "deliveriesPerSecond"),
        ),
      ),
    ...{ wanted: 60_000, unit: "/s", limit: ONE_CALL_EACH },
  },
  {
    aim: "deliveries a second, ten messages a turn",
    measure: (find) =>
      best(
        ["100", "1,000"].map((size) =>
          find("fan-out", `${size} receivers, 10 at a time`, "parley", "deliveriesPerSecond"),
        ),
      ),
    ...{ wanted: 150_000, unit: "/s", limit: LOOP },
  },
];

/** What was wanted and what came out; only aims that were measured. */
export function makeAimsTable(results: Results): Table {
  const find = finder(summarize(results.measurements));
  const rows = AIMS.flatMap(({ aim, measure, wanted, most, unit, limit }) => {
    const value = measure(find);
    if (value === null) return [];
    const isReached = most === true ? value <= wanted : value >= wanted;
    const show = (one: number) => `${number(one, one < 10 && !Number.isInteger(one) ? 1 : 0)} ${unit}`;
    return [[aim, show(wanted), show(value), isReached ? "yes" : "no", isReached ? "" : limit]];
  });
  return {
    scenario: "aims",
    title: "Wanted and measured",
    head: ["", "wanted", "measured", "reached", "what limits it"],
    rows,
  };
}

const finder =
  (rows: readonly Row[]): Find =>
  (scenario, load, system, figure) =>
    rows.find((row) => row.scenario === scenario && row.load === load && row.system === system)?.figures[figure]
      ?.median ?? null;
