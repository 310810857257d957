import { mkdirSync, writeFileSync } from "node:fs";
import type { Results } from "../results.ts";
import { fileBeside } from "../systems.ts";
import { drawChart } from "./chart.ts";
import { makeCharts } from "./charts.ts";
import { toMarkdown } from "./table.ts";
import { makeTables } from "./tables.ts";

/** The run that the document tells of. */
export const DOCUMENTED = fileBeside("../docs/benchmarks.json");

/** Writes docs/benchmarks.md, its figures and its charts anew from one run. */
export function writeDocument(results: Results): void {
  const tables = makeTables(results);
  const charts = makeCharts(results);
  const images = fileBeside("../docs/images");
  mkdirSync(images, { recursive: true });
  for (const [name, chart] of charts) writeFileSync(`${images}/${name}`, drawChart(chart));
  const pictures = [...charts].map(([name, { title }]) => `![${title}](images/${name})\n`);
  const sections = SECTIONS.flatMap(({ scenarios, title, words }) => {
    const some = tables.filter(({ scenario }) => scenarios.includes(scenario));
    return some.length === 0 ? [] : [`## ${title}\n`, words(results), ...some.map(toMarkdown)];
  });
  writeFileSync(fileBeside("../docs/benchmarks.md"), [introduce(results), ...pictures, ...sections].join("\n"));
  writeFileSync(DOCUMENTED, `${JSON.stringify(results)}\n`);
}

function introduce({ at, commit, machine, quiet, postgres, effort, tookSeconds, missing }: Results): string {
  const without = missing.map(({ what, why }) => `- Without ${what}: ${why.split("\n")[0]}\n`);
  const valid =
    quiet.reasons.length === 0
      ? `The machine was quiet: load average ${quiet.loadBefore} before, ${percent(quiet.others)} of the cores used by others and ${percent(quiet.steal)} taken by the hypervisor during the run.`
      : `**Not valid: ${quiet.reasons.join("; ")}.**`;
  return `# Benchmarks

Written by \`npm run bench -- --document\` from docs/benchmarks.json; do not edit by hand. How it is measured:
[bench/README.md](../bench/README.md).

- Machine: ${machine}. Load client, servers and PostgreSQL share it.
- ${valid}
- PostgreSQL ${postgres}: the embedded one with Parley's settings, \`fsync\` and \`synchronous_commit\` on, over TCP for all; ${effort.stored.toLocaleString("en")} messages stored before.
- Commit ${commit}, ${at.slice(0, 10)}. ${effort.rounds} rounds of ${effort.seconds} s after half a second of warm-up, interleaved; median (smallest–largest); ${Math.round(tookSeconds / 60)} minutes in all.
${without.join("")}
Texts are 100 bytes. Times are milliseconds. Open loop: messages come due at a fixed rate whatever becomes of them, and their time counts
from the moment they were due. Closed loop: so many are under way at any time. "delivered" is the event on the other person's connection. "µs" is
CPU time a message from /proc, all processes of a server together; "÷ floor" compares with Socket.IO without a database.
Every answer and every delivery is counted once: "failed" names what was refused, unanswered, undelivered or came twice.
`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

interface Section {
  readonly scenarios: readonly string[];
  readonly title: string;
  readonly words: (results: Results) => string;
}

const SECTIONS: readonly Section[] = [
  { scenarios: ["aims"], title: "Aims", words: () => "What was wanted of this machine, and what came out.\n" },
  { scenarios: ["floors"], title: "Floors", words: () => "Nothing on this machine can be quicker than these.\n" },
  {
    scenarios: ["durable"],
    title: "Send, acknowledged, delivered",
    words: () =>
      "200 conversations of two people, 400 connections. Parley acknowledges what is committed, flushed, checked (participant, status, repeat) and has its place in the one order of its conversation.\n",
  },
  {
    scenarios: ["hot-conversation"],
    title: "One hot conversation",
    words: () => "All messages go to one conversation of ten people: nine copies each.\n",
  },
  {
    scenarios: ["fan-out"],
    title: "Fan-out",
    words: () =>
      "One conversation. One message at a time: the next one when everybody has it. Ten at a time: they leave in one turn, the next ten when everybody has them all. Parley stores them, too.\n",
  },
  {
    scenarios: ["budget"],
    title: "Budget of one message",
    words: () =>
      "CPU time as everywhere; log bytes by PostgreSQL's own position, frames and bytes as both people's connections got them. System calls were counted by strace in a pass of its own, which is not timed.\n",
  },
  { scenarios: ["reads"], title: "History page, inbox, sync", words: () => "Warm. In the server: with round trips.\n" },
  { scenarios: ["quiet-connections"], title: "Quiet connections", words: () => "More than without connections.\n" },
  {
    scenarios: ["comings-and-goings"],
    title: "Comings and goings",
    words: () => "Memory must come back to where it was.\n",
  },
  { scenarios: ["reconnect-storm"], title: "Reconnect storm", words: () => "Others stay and write all the while.\n" },
  {
    scenarios: ["peers"],
    title: "Beside others",
    words: () =>
      "64 conversations of two people, each system as its users would run it, on the same machine and, where it uses one, the same PostgreSQL. TLS off; Nagle off in the clients.\n",
  },
  { scenarios: ["semantics"], title: "Not the same promises", words: () => "A rate alone says little.\n" },
];
