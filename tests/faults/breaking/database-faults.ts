import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { EmbeddedPostgres } from "../../../apps/server/src/platform/db/embedded/start-embedded-postgres.ts";
import type { Fault, Scene } from "./fault.ts";

/** Backends of Parley, longest first. */
const BACKENDS =
  "SELECT pid FROM pg_stat_activity WHERE usename = 'parley' AND backend_type = 'client backend' ORDER BY backend_start";

export const databaseFaults: readonly Fault[] = [
  {
    name: "PostgreSQL stops at once",
    breakIt: ({ world: { postgres } }) => endAndWait(postgres, () => process.kill(postgres.pid, "SIGQUIT")),
  },
  {
    name: "a backend of PostgreSQL is killed, so that all of them end",
    breakIt: async (scene) => {
      const pid = await chooseBackend(scene);
      process.kill(pid, "SIGKILL");
      await sleep(100);
      await untilReachable(scene.world.postgres);
      return null;
    },
  },
  {
    name: "PostgreSQL ends some connections",
    breakIt: async ({ world: { postgres }, random }) => {
      await asAdmin(postgres, (client) =>
        client.query(`SELECT pg_terminate_backend(pid) FROM (${BACKENDS}) b WHERE random() < $1`, [
          random.between(0.1, 1),
        ]),
      );
      return null;
    },
  },
  {
    name: "PostgreSQL stands still",
    breakIt: async ({ world: { postgres }, random }) => {
      const pids = [postgres.pid, ...childrenOf(postgres.pid)];
      signalAll(pids, "SIGSTOP");
      try {
        await sleep(random.between(500, 4_000));
      } finally {
        signalAll(pids, "SIGCONT");
      }
      return null;
    },
  },
];

/** Its supervisor starts it again. */
async function endAndWait(postgres: EmbeddedPostgres, end: () => void): Promise<null> {
  const { pid } = postgres;
  end();
  while (postgres.pid === pid) await sleep(50);
  await untilReachable(postgres);
  return null;
}

async function chooseBackend({ world: { postgres }, random }: Scene): Promise<number> {
  const { rows } = await asAdmin(postgres, (client) => client.query<{ pid: number }>(BACKENDS));
  return random.pick(rows).pid;
}

async function untilReachable(postgres: EmbeddedPostgres): Promise<void> {
  for (;;) {
    try {
      await asAdmin(postgres, (client) => client.query("SELECT"), 2_000);
      return;
    } catch {
      await sleep(50);
    }
  }
}

async function asAdmin<Result>(
  { adminUrl }: EmbeddedPostgres,
  work: (client: pg.Client) => Promise<Result>,
  withinMs = 20_000,
): Promise<Result> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: withinMs });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const [, ppid] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return Number(ppid) === parent ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}
