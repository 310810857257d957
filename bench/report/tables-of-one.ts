import type { Results } from "../results.ts";
import type { Calls } from "../trace-calls.ts";
import { number } from "./cells.ts";
import type { Table } from "./table.ts";

const NOTHING = { head: [], rows: [], title: "" } as const;
/** The commonest calls are named, the others summed up. */
const NAMED_CALLS = 5;

export const makeBudgetTable = (budgets: Results["budgets"]): Table => ({
  scenario: "budget",
  title: "The budget of one message",
  head: [
    ...["", "at", "Node µs", "PostgreSQL µs", "WAL bytes", "transactions"],
    ...["frames", "bytes to clients", "system calls, Node", "system calls, PostgreSQL"],
  ],
  rows: budgets.map((budget) => [
    budget.load,
    `${number(budget.perSecond)}/s`,
    micros(budget.serverCpu),
    micros(budget.postgresCpu),
    number(budget.wal),
    number(budget.transactions, 2),
    number(budget.frames, 1),
    number(budget.bytes),
    showCalls(budget.serverCalls),
    showCalls(budget.postgresCalls),
  ]),
});

const micros = (value: number | null): string => (value === null ? "?" : number(value));

function showCalls(calls: Calls | null): string {
  if (calls === null) return "?";
  const sorted = Object.entries(calls).sort(([, one], [, other]) => other - one);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  const named = sorted.slice(0, NAMED_CALLS).map(([name, count]) => `${name} ${number(count, 2)}`);
  return `${number(total, 1)}: ${named.join(", ")}`;
}

export const makeReadsTable = (reads: Results["reads"]): Table =>
  reads === null
    ? { scenario: "reads", ...NOTHING }
    : {
        scenario: "reads",
        title:
          `Reads at ${number(reads.filling.messages)} messages in ${number(reads.filling.conversations)} conversations, ` +
          `by a person with ${number(reads.filling.held)} of them`,
        head: ["", "in PostgreSQL, best", "median ms", "in the server, median", "p99 ms", "pages", "statements"],
        rows: reads.calls.map(({ call, database, server, buffers, statements }) => [
          call,
          number(database.least, 2),
          number(database.median, 2),
          number(server.median, 2),
          number(server.p99, 2),
          number(buffers),
          number(statements),
        ]),
      };

export const makeQuietTable = (figures: Results["quietConnections"]): Table => ({
  scenario: "quiet-connections",
  title: "Quiet connections, one process",
  head: ["connections", "resident KB each", "heap KB each", "CPU µs each a second"],
  rows: figures.map(({ connections, rssEach, heapEach, cpuEach }) => [
    number(connections),
    number(rssEach / 1_000, 1),
    number(heapEach / 1_000, 1),
    cpuEach === null ? "?" : number(cpuEach, 1),
  ]),
});

export const makeComingsTable = (figures: Results["comings"]): Table => ({
  scenario: "comings-and-goings",
  title: "The same people come, type and go again and again: memory with nobody there",
  head: ["connections so far", "resident MB", "heap MB"],
  rows: figures.map(({ comings, memory }) => [
    number(comings),
    number(memory.rss / 1e6, 1),
    number(memory.heap / 1e6, 2),
  ]),
});

export const makeStormTable = (storm: Results["storm"]): Table =>
  storm === null
    ? { scenario: "reconnect-storm", ...NOTHING }
    : {
        scenario: "reconnect-storm",
        title: `${number(storm.people)} people cut off at once, ${storm.missedEach} messages missed each`,
        head: ["all caught up after s", "server CPU s", "PostgreSQL CPU s", "who stayed: ack p99 ms before", "during"],
        rows: [
          [
            number(storm.seconds, 1),
            storm.cpu.server === null ? "?" : number(storm.cpu.server, 1),
            storm.cpu.postgres === null ? "?" : number(storm.cpu.postgres, 1),
            number(storm.sends.calm.p99, 1),
            number(storm.sends.storm.p99, 1),
          ],
        ],
      };
