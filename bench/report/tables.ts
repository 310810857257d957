import type { Results } from "../results.ts";
import { type Row, summarize } from "../summarize.ts";
import { makeAimsTable } from "./aims.ts";
import { cell, ratio, showFailed } from "./cells.ts";
import type { Table } from "./table.ts";
import { makeBudgetTable, makeComingsTable, makeQuietTable, makeReadsTable, makeStormTable } from "./tables-of-one.ts";

export const LABELS: Readonly<Record<string, string>> = {
  disk: "disk",
  postgres: "PostgreSQL alone",
  tcp: "floor: bare TCP",
  echo: "floor: Socket.IO, no database",
  parley: "**Parley**",
  naive: "naive Socket.IO and INSERT",
};

/** The tables of a run, as text; the screen and the document show the same. */
export function makeTables(results: Results): Table[] {
  const rows = summarize(results.measurements);
  const labels = { ...LABELS, ...Object.fromEntries(results.peers.map(({ name, label }) => [name, label])) };
  const of = (scenario: string) => rows.filter((row) => row.scenario === scenario);
  return [
    makeAimsTable(results),
    makeFloorsTable(of("floors"), labels),
    ...byLoad(of("durable"), (load, some) => makeLoadTable("durable", load, some, labels)),
    ...byLoad(of("hot-conversation"), (load, some) => makeLoadTable("hot-conversation", load, some, labels)),
    makeFanOutTable(of("fan-out"), labels),
    makeBudgetTable(results.budgets),
    makeReadsTable(results.reads),
    makeQuietTable(results.quietConnections),
    makeComingsTable(results.comings),
    makeStormTable(results.storm),
    ...byLoad(of("peers"), (load, some) => makePeersTable(load, some, labels)),
    makeSemanticsTable(results),
  ].filter(({ rows }) => rows.length > 0);
}

type Labels = Readonly<Record<string, string>>;

function byLoad(rows: readonly Row[], make: (load: string, rows: readonly Row[]) => Table): Table[] {
  return [...new Set(rows.map(({ load }) => load))].map((load) =>
    make(
      load,
      rows.filter((row) => row.load === load),
    ),
  );
}

const kindOf = (load: string): string => (load.endsWith("/s") ? "Open loop" : "Closed loop");
const labelOf = (labels: Labels, system: string): string => labels[system] ?? system;

const makeFloorsTable = (rows: readonly Row[], labels: Labels): Table => ({
  scenario: "floors",
  title: "Floors of this machine",
  head: ["", "", "per second", "p50", "p99 ms", "server µs", "PostgreSQL µs"],
  rows: rows.map(({ load, system, figures: f }) => [
    load,
    labelOf(labels, system),
    cell(f["perSecond"], 0),
    cell(f["ackP50"], 2),
    cell(f["ackP99"], 2),
    cell(f["serverCpu"], 0),
    system === "postgres" ? cell(f["postgresCpu"], 0) : "",
  ]),
});

function makeLoadTable(scenario: string, load: string, rows: readonly Row[], labels: Labels): Table {
  const floor = rows.find(({ system }) => system === "echo");
  return {
    scenario,
    title: `${kindOf(load)}, ${load}`,
    head: [
      ...["", "acked/s", "ack p50", "p95", "p99 ms", "delivered p50", "p99 ms"],
      ...["server µs", "PostgreSQL µs", "client µs", "CPU ÷ floor", "rate ÷ floor", "failed"],
    ],
    rows: rows.map(({ system, figures: f }) => [
      labelOf(labels, system),
      cell(f["perSecond"], 0),
      cell(f["ackP50"]),
      cell(f["ackP95"]),
      cell(f["ackP99"]),
      cell(f["deliveredP50"]),
      cell(f["deliveredP99"]),
      cell(f["serverCpu"], 0),
      system === "echo" ? "" : cell(f["postgresCpu"], 0),
      cell(f["clientCpu"], 0),
      ratio(f["serverCpu"], floor?.figures["serverCpu"]),
      load.endsWith("/s") ? "" : ratio(f["perSecond"], floor?.figures["perSecond"]),
      showFailed(f),
    ]),
  };
}

function makeFanOutTable(rows: readonly Row[], labels: Labels): Table {
  const floorOf = (load: string) => rows.find((row) => row.load === load && row.system === "echo");
  return {
    scenario: "fan-out",
    title: "Fan-out",
    head: ["", "", "deliveries/s", "delivered p50", "p99 ms", "server µs a delivery", "CPU ÷ floor", "failed"],
    rows: rows.map(({ load, system, figures: f }) => [
      load,
      labelOf(labels, system),
      cell(f["deliveriesPerSecond"], 0),
      cell(f["deliveredP50"]),
      cell(f["deliveredP99"]),
      cell(f["serverCpuPerDelivery"], 1),
      ratio(f["serverCpuPerDelivery"], floorOf(load)?.figures["serverCpuPerDelivery"]),
      showFailed(f),
    ]),
  };
}

function makePeersTable(load: string, rows: readonly Row[], labels: Labels): Table {
  const ours = rows.find(({ system }) => system === "parley");
  return {
    scenario: "peers",
    title: `${kindOf(load)}, ${load}`,
    head: [
      ...["", "acked/s", "Parley's ÷ its", "ack p50", "p99 ms", "delivered p50", "p99 ms"],
      ...["server µs", "PostgreSQL µs", "failed"],
    ],
    rows: rows.map(({ system, figures: f }) => [
      labelOf(labels, system),
      cell(f["perSecond"], 0),
      system === "parley" ? "" : `${ratio(ours?.figures["perSecond"], f["perSecond"])} ×`,
      cell(f["ackP50"]),
      cell(f["ackP99"]),
      cell(f["deliveredP50"]),
      cell(f["deliveredP99"]),
      cell(f["serverCpu"], 0),
      USES_POSTGRES.has(system) ? cell(f["postgresCpu"], 0) : "",
      showFailed(f),
    ]),
  };
}

const USES_POSTGRES = new Set(["parley", "naive", "ejabberd", "parse-server"]);

const makeSemanticsTable = ({ peers }: Results): Table => ({
  scenario: "semantics",
  title: "What an acknowledgement means",
  head: ["", "flushed to disk", "in order", "authorised a message", "can be read again", "as set up"],
  rows:
    peers.length === 0
      ? []
      : [
          ...OURS,
          ...peers.map(({ label, setup, semantics: { durable, ordered, authorised, archived } }) => [
            ...[label, durable, ordered, authorised, archived, setup],
          ]),
        ],
});

const OURS = [
  ["**Parley**", "yes", "one order a conversation, no holes", "participant, status, repeat", "yes", "as in production"],
  ["naive Socket.IO and INSERT", "yes", "by the server's clock", "participant", "yes", "bench/naive-server.ts"],
  ["floor: Socket.IO, no database", "no", "by arrival", "no", "no", "bench/echo-server.ts"],
];
