// npm run bench: measures, prints, and keeps the figures in bench/results/latest.json.
//   --quick               one short round
//   --rounds=5 --seconds=4 --stored=500000
//   --only=fan-out,reads  some scenarios alone: floors, durable, hot-conversation, fan-out, budget, reads,
//                         quiet-connections, reconnect-storm, peers; comings-and-goings only runs when it is named
//   --peers               also what a team would pick instead, as far as it can be started here
//   --against=docs/benchmarks.json
//                         exits with 1 where a ratio to the floor is worse than in that run, beyond its spread
//   --document            also writes docs/benchmarks.md, docs/benchmarks.json and docs/images/benchmarks-*.svg
//   --document=again      writes them from docs/benchmarks.json, without measuring
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { describeMachine, watchMachine } from "./machine.ts";
import { describeComparison, findRegressions } from "./report/find-regressions.ts";
import { toText } from "./report/table.ts";
import { makeTables } from "./report/tables.ts";
import { DOCUMENTED, writeDocument } from "./report/write-document.ts";
import type { Results } from "./results.ts";
import { measureScenarios, type ScenarioName, scenarioNames } from "./scenarios/all.ts";
import { Stage } from "./stage.ts";
import { fileBeside } from "./systems.ts";

const { values: options } = parseArgs({
  args: process.argv.slice(2).map((one) => (one === "--document" ? "--document=now" : one)),
  options: {
    quick: { type: "boolean", default: false },
    peers: { type: "boolean", default: false },
    document: { type: "string" },
    against: { type: "string" },
    only: { type: "string" },
    rounds: { type: "string" },
    seconds: { type: "string" },
    stored: { type: "string" },
  },
});
/** Each takes minutes. */
const ON_DEMAND: ReadonlySet<ScenarioName> = new Set(["peers", "comings-and-goings"]);
/** Read before anything is measured: a wrong path shows itself at once. */
const against = options.against === undefined ? null : readResults(options.against);
const effort = {
  rounds: Number(options.rounds ?? (options.quick ? 1 : 5)),
  seconds: Number(options.seconds ?? (options.quick ? 2 : 4)),
  stored: Number(options.stored ?? (options.quick ? 50_000 : 500_000)),
};

if (options.document === "again") writeDocument(readResults(DOCUMENTED));
else await measure();

async function measure(): Promise<void> {
  const began = performance.now();
  const names = chooseScenarios();
  const lookBack = await watchMachine();
  const stage = new Stage(effort.stored);
  stopWhenTold(stage);
  console.log(`Filling a PostgreSQL with ${effort.stored.toLocaleString("en")} messages …`);
  let measured: Awaited<ReturnType<typeof measureScenarios>>;
  let postgres = "";
  try {
    const { rows } = await (await stage.database()).run("SHOW server_version");
    postgres = (rows[0] as { server_version: string }).server_version;
    measured = await measureScenarios(stage, names, effort);
  } finally {
    await stage.clear();
  }
  const quiet = lookBack();
  const results: Results = {
    at: new Date().toISOString(),
    commit: describeCommit(),
    machine: describeMachine(),
    quiet,
    postgres,
    effort,
    tookSeconds: Math.round((performance.now() - began) / 1_000),
    ...measured,
  };
  writeFileSync(fileBeside("results/latest.json"), `${JSON.stringify(results, null, 1)}\n`);
  for (const table of makeTables(results)) console.log(toText(table));
  if (quiet.reasons.length > 0) console.log(`These figures are not valid: ${quiet.reasons.join("; ")}.`);
  if (options.document !== undefined) writeDocument(results);
  if (against !== null) judge(against, results);
}

/** A run that compared nothing has not passed. */
function judge(stored: Results, results: Results): void {
  const comparison = findRegressions(stored.measurements, results.measurements);
  console.log(describeComparison(comparison, `${String(options.against)} (${stored.commit})`));
  if (comparison.compared === 0 || comparison.regressions.length > 0) process.exitCode = 1;
}

function readResults(path: string): Results {
  return JSON.parse(readFileSync(path, "utf8")) as Results;
}

function chooseScenarios(): readonly ScenarioName[] {
  if (options.only === undefined)
    return scenarioNames.filter((name) => !ON_DEMAND.has(name) || (name === "peers" && options.peers));
  const wanted = options.only.split(",");
  const unknown = wanted.filter((name) => !(scenarioNames as readonly string[]).includes(name));
  if (unknown.length > 0) throw new Error(`No scenario is called ${unknown.join(", ")}: ${scenarioNames.join(", ")}.`);
  return scenarioNames.filter((name) => wanted.includes(name));
}

/** What was started must not outlive us. */
function stopWhenTold(stage: Stage): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void stage.clear().finally(() => process.exit(1)));
  }
}

function describeCommit(): string {
  const changed = git("status", "--porcelain", "--untracked-files=no", "--", "apps", "packages", "bench") !== "";
  return git("rev-parse", "--short", "HEAD") + (changed ? " (changed)" : "");
}

function git(...args: string[]): string {
  try {
    return execFileSync("git", args, { cwd: fileBeside(".."), encoding: "utf8" }).trim();
  } catch {
    return "unknown";
  }
}
