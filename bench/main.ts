// npm run bench: measures, prints, and keeps the figures in bench/results/latest.json.
//   --quick      one short round
//   --rounds=5 --seconds=4 --stored=500000
//   --document   also writes docs/benchmarks.md
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { parseArgs } from "node:util";
import { startDatabase } from "./database.ts";
import { makeTables, toText } from "./format-tables.ts";
import { type Measurement, measureAll } from "./measure-all.ts";
import { nameOfLoad, summarize } from "./summarize.ts";
import { fileBeside } from "./systems.ts";
import { type Results, writeDocument } from "./write-document.ts";

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    document: { type: "boolean", default: false },
    rounds: { type: "string" },
    seconds: { type: "string" },
    stored: { type: "string" },
  },
});
const effort = {
  rounds: Number(options.rounds ?? (options.quick ? 1 : 5)),
  seconds: Number(options.seconds ?? (options.quick ? 2 : 4)),
  stored: Number(options.stored ?? (options.quick ? 50_000 : 500_000)),
};

/** Before we put load on the machine ourselves: others' work makes all figures worthless. */
const loadBefore = Math.round((loadavg()[0] ?? 0) * 100) / 100;
if (loadBefore > 0.5) console.log(`The machine is not quiet (load ${loadBefore}): take these figures as a try-out.`);
console.log(`Filling a PostgreSQL with ${effort.stored.toLocaleString("en")} messages …`);
const database = await startDatabase(effort.stored);
const measurements: Measurement[] = [];
try {
  const postgres = String((await database.run("SHOW server_version")).rows[0]?.server_version);
  await measureAll(database, effort, (measurement) => {
    measurements.push(measurement);
    console.log(progress(measurement));
  });
  const results: Results = {
    at: new Date().toISOString(),
    commit:
      git("rev-parse", "--short", "HEAD") +
      (git("status", "--porcelain", "--untracked-files=no") === "" ? "" : " (changed)"),
    machine: describeMachine(),
    loadBefore,
    postgres,
    effort,
    measurements,
  };
  writeFileSync(fileBeside("results/latest.json"), `${JSON.stringify(results, null, 1)}\n`);
  console.log("");
  for (const table of makeTables(summarize(measurements))) console.log(toText(table));
  if (options.document) writeDocument(results);
} finally {
  await database.stop();
}

function progress(measurement: Measurement): string {
  if (measurement.what === "inserts") {
    const { round, rows, result } = measurement;
    return `round ${round}  inserts, ${rows} a statement: ${Math.round(result.rowsPerSecond)} rows/s`;
  }
  const { round, load, system, result } = measurement;
  return (
    `round ${round}  ${nameOfLoad(load).padEnd(14)} ${system.padEnd(7)} ${Math.round(result.ackedPerSecond)}/s, ` +
    `ack p50 ${result.ack.p50} p99 ${result.ack.p99} ms, delivered p99 ${result.delivered.p99} ms`
  );
}

function describeMachine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${first?.model.trim() ?? "?"}, ${memory} GiB, ${type()} ${release()}, Node ${process.version}`;
}

function git(...args: string[]): string {
  try {
    return execFileSync("git", args, { cwd: fileBeside(".."), encoding: "utf8" }).trim();
  } catch {
    return "unknown";
  }
}
