import { writeFileSync } from "node:fs";
import { makeTables, toMarkdown } from "./format-tables.ts";
import type { Measurement } from "./measure-all.ts";
import { summarize } from "./summarize.ts";
import { fileBeside } from "./systems.ts";

/** What one run leaves in bench/results/latest.json. */
export interface Results {
  readonly at: string;
  readonly commit: string;
  readonly machine: string;
  /** The machine's load average of the last minute before the run. */
  readonly loadBefore: number;
  readonly postgres: string;
  readonly effort: { readonly rounds: number; readonly seconds: number; readonly stored: number };
  readonly measurements: readonly Measurement[];
}

/** Writes docs/benchmarks.md anew from the figures of one run. */
export function writeDocument(results: Results): void {
  const tables = makeTables(summarize(results.measurements)).map(toMarkdown);
  writeFileSync(fileBeside("../docs/benchmarks.md"), [introduce(results), ...tables].join("\n"));
}

function introduce({ at, commit, machine, loadBefore, postgres, effort }: Results): string {
  return `# Benchmarks

Written by \`npm run bench -- --document\`; do not edit by hand.

- Machine: ${machine}. Load client, server and PostgreSQL share it. Load average before the run: ${loadBefore}.
- PostgreSQL ${postgres} (the embedded one, \`fsync\` and \`synchronous_commit\` on), ${effort.stored.toLocaleString("en")} messages stored before.
- Commit ${commit}, ${at.slice(0, 10)}. ${effort.rounds} rounds of ${effort.seconds} s, interleaved; median (smallest–largest).

What is compared, with 200 conversations of two people, 400 connections, texts of 100 bytes:

- **floor: no database** — Socket.IO alone: a message is answered and passed on to both people (bench/echo-server.ts).
- **Parley** — the compiled server as in production, one process; only the message rate is off, by a configuration file. An
  acknowledged message is committed and flushed, checked (participant, status, repeat), in one order for all.
- **naive baseline** — Socket.IO rooms, one INSERT a message, unread by \`COUNT(*)\` (bench/naive-server.ts). Flushed too, and
  checked for the participant; no protection against repeats, no order but the clock's. Before each measurement
  everything in it counts as read, which flatters it.

Open loop: messages come due at a fixed rate whatever becomes of them, and their time counts from the moment they were due (no
coordinated omission). Closed loop: so many are under way at any time. Times in milliseconds. "delivered" is the event on the other
person's connection. "server µs" and "PostgreSQL µs" are CPU time a message, all processes of PostgreSQL together; "× floor" is the
server's against that of Socket.IO alone. The load client speaks Socket.IO's protocol itself, without parsing, the same to all three.
`;
}
