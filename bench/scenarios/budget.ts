import { readFileSync } from "node:fs";
import type { BenchDatabase } from "../database.ts";
import type { LoadGenerator } from "../load-generator.ts";
import type { Job, Load } from "../load-job.ts";
import { nameOfLoad } from "../load-trial.ts";
import type { Stage } from "../stage.ts";
import { startParley } from "../systems.ts";
import { type Calls, traceCalls } from "../trace-calls.ts";

/** What one message costs, by what it costs it in. */
export interface Budget {
  readonly load: string;
  readonly perSecond: number;
  /** Microseconds of CPU. */
  readonly serverCpu: number | null;
  readonly postgresCpu: number | null;
  /** Bytes that PostgreSQL wrote to its log. */
  readonly wal: number;
  readonly transactions: number;
  /** What both people's connections got: frames and bytes. */
  readonly frames: number;
  readonly bytes: number;
  /** Of the server's process, of all of PostgreSQL's, by name; null without strace. From a pass of its own, which is not timed. */
  readonly serverCalls: Calls | null;
  readonly postgresCalls: Calls | null;
}

const LOADS: readonly Load[] = [
  { kind: "open", rate: 1_000 },
  { kind: "closed", inFlight: 64 },
  { kind: "closed", inFlight: 256 },
];
const PAIRS = 200;
/** Rarer calls are left out. */
const WORTH_TELLING = 0.01;

/** Where a message's time and bytes go. */
export async function measureBudgets(stage: Stage, seconds: number): Promise<Budget[]> {
  const database = await stage.database();
  const system = await stage.system("parley", () => startParley(database));
  const generator = await stage.connect(system, await system.open(PAIRS, 2));
  const budgets: Budget[] = [];
  for (const load of LOADS) {
    const job = { load, warmUpSeconds: 1, seconds };
    const costs = await measureCosts(database, generator, job);
    const server = await countCalls(generator, job, [system.pid]);
    const postgres = await countCalls(generator, job, familyOf(database.pid));
    budgets.push({ load: nameOfLoad(load), ...costs, serverCalls: server, postgresCalls: postgres });
  }
  return budgets;
}

async function measureCosts(database: BenchDatabase, generator: LoadGenerator, job: Job) {
  const marks: { wal: number; transactions: number }[] = [];
  const mark = async () => void marks.push(await readDatabase(database));
  const { ackedPerSecond, cpu, frames, bytes } = await generator.run(job, { onBegin: mark, onEnd: mark });
  const messages = ackedPerSecond * job.seconds;
  const [before, after] = marks;
  if (before === undefined || after === undefined) throw new Error("The load client told no marks.");
  return {
    perSecond: ackedPerSecond,
    ...{ serverCpu: cpu.server, postgresCpu: cpu.postgres, frames, bytes },
    wal: (after.wal - before.wal) / messages,
    transactions: (after.transactions - before.transactions) / messages,
  };
}

async function readDatabase(database: BenchDatabase): Promise<{ wal: number; transactions: number }> {
  const { rows } = await database.run(
    `SELECT (pg_current_wal_insert_lsn() - '0/0')::float8 AS wal,
            (SELECT xact_commit::float8 FROM pg_stat_database WHERE datname = current_database()) AS transactions`,
  );
  return rows[0] as { wal: number; transactions: number };
}

async function countCalls(generator: LoadGenerator, job: Job, pids: readonly number[]): Promise<Calls | null> {
  let tracing: ReturnType<typeof traceCalls> | null = null;
  let calls: Calls | null = null;
  const { ackedPerSecond } = await generator.run(job, {
    onBegin: async () => void (tracing = traceCalls(pids)),
    onEnd: async () => void (calls = (await tracing?.stop()) ?? null),
  });
  if (calls === null) return null;
  const each = Object.entries<number>(calls).map(
    ([name, count]) => [name, count / (ackedPerSecond * job.seconds)] as const,
  );
  return Object.fromEntries(each.filter(([, count]) => count >= WORTH_TELLING));
}

/** The postmaster and its children. */
function familyOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return [pid, ...children.split(" ").filter(Boolean).map(Number)];
}
