import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { chooseAddress } from "../../apps/server/src/platform/db/embedded/choose-address.ts";
import { chooseHome } from "../../apps/server/src/platform/db/embedded/choose-home.ts";
import { connectionUrl } from "../../apps/server/src/platform/db/embedded/connection-url.ts";
import type { EmbeddedContext, ServerAddress } from "../../apps/server/src/platform/db/embedded/context.ts";
import { launchServer } from "../../apps/server/src/platform/db/embedded/launch-server.ts";
import { locateBinaries } from "../../apps/server/src/platform/db/embedded/locate-binaries.ts";
import { isAlive } from "../../apps/server/src/platform/db/embedded/postmaster-file.ts";
import { prepareBinaries } from "../../apps/server/src/platform/db/embedded/prepare-binaries.ts";
import { giveTreeTo } from "../../apps/server/src/platform/db/embedded/run-as.ts";
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "../../apps/server/src/platform/db/embedded/start-embedded-postgres.ts";
import { migrate } from "../../apps/server/src/platform/db/migrate.ts";
import { databaseUrl, type TestDatabase } from "./database.ts";
import { waitUntil } from "./wait-until.ts";

const MIGRATIONS = fileURLToPath(new URL("../../apps/server/migrations", import.meta.url));
const SILENT = { info: () => {}, warn: () => {} };
/** What a base backup leaves out: the log comes by streaming. */
const LEFT_OUT = new Set(["postmaster.pid", "postmaster.opts", "pg_wal", "pg_replslot"]);

/** A streaming replica that can be broken. */
export interface TestReplica {
  /** For the role `parley`. */
  readonly url: string;
  /** What it receives is kept and not replayed, until `resumeReplay`. */
  pauseReplay(): Promise<void>;
  resumeReplay(): Promise<void>;
  /** Makes it a primary of its own. */
  promote(): Promise<void>;
  /** Takes connections and answers nothing until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Ends it without a farewell; `start` begins again where it was. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Resolves when it has replayed what the primary has committed so far. */
  caughtUp(): Promise<void>;
}

export interface ReplicatedPostgres {
  /** The primary, with all migrations applied. */
  readonly database: TestDatabase;
  readonly replica: TestReplica;
  stop(): Promise<void>;
}

/** A PostgreSQL of one's own with a replica, made as `pg_basebackup` does: a copy of the running primary, and a slot. */
export async function startReplicatedPostgres(): Promise<ReplicatedPostgres> {
  const folder = mkdtempSync(join(tmpdir(), "parley-replicated-"));
  // PostgreSQL may run as another user.
  chmodSync(folder, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, "primary") });
  await migrate(postgres.url, MIGRATIONS);
  const context = await contextOf(join(folder, "replica"));
  const home = chooseHome(join(folder, "primary"), SILENT);
  await copyRunning(postgres, home, context);
  const replica = await runReplica(context, postgres);
  return {
    database: { url: postgres.url, adminUrl: databaseUrl(postgres.adminUrl, "parley"), drop: async () => {} },
    replica,
    stop: async () => {
      replica.thaw();
      await replica.kill();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function contextOf(dataDir: string): Promise<Omit<EmbeddedContext, "secret">> {
  const home = chooseHome(dataDir, SILENT);
  const binaries = await prepareBinaries(locateBinaries(), home.home, home.runAs);
  return { ...home, logFile: join(home.home, "postgres.log"), binaries, logger: SILENT };
}

type Place = Pick<EmbeddedContext, "cluster" | "runAs">;

async function copyRunning(postgres: EmbeddedPostgres, from: Place, to: Place): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.adminUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_create_physical_replication_slot('replica', true)");
    await client.query("SELECT pg_backup_start('replica', true)");
    const isCopied = (path: string) => !LEFT_OUT.has(relative(from.cluster, path).split(sep)[0] ?? "");
    cpSync(from.cluster, to.cluster, { recursive: true, filter: isCopied });
    const { rows } = await client.query<{ labelfile: string }>("SELECT labelfile FROM pg_backup_stop(false)");
    for (const name of ["pg_wal", "pg_replslot"]) mkdirSync(join(to.cluster, name));
    writeFileSync(join(to.cluster, "backup_label"), rows[0]?.labelfile ?? "");
  } finally {
    await client.end();
  }
  writeFileSync(join(to.cluster, "standby.signal"), "");
  const settings = { primary_conninfo: conninfoOf(postgres), primary_slot_name: "replica", hot_standby: "on" };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
  appendFileSync(join(to.cluster, "postgresql.auto.conf"), lines.join(""));
  chmodSync(to.cluster, 0o700);
  if (to.runAs !== null) giveTreeTo(to.cluster, to.runAs);
}

function conninfoOf({ adminUrl, host }: EmbeddedPostgres): string {
  const { username, password, port } = new URL(adminUrl);
  return `host=${host} port=${port} user=${username} password=${password} sslmode=disable`;
}

async function runReplica(place: Omit<EmbeddedContext, "secret">, primary: EmbeddedPostgres): Promise<TestReplica> {
  const passwordOf = (url: string) => new URL(url).password;
  const context = { ...place, secret: { admin: passwordOf(primary.adminUrl), parley: passwordOf(primary.url) } };
  const at: ServerAddress = await chooseAddress(context);
  let server = await launchServer(context, at);
  const ask = (text: string, values: unknown[] = []) =>
    askOnce(connectionUrl(at, "postgres", context.secret.admin, "parley"), text, values);
  return {
    url: connectionUrl(at, "parley", context.secret.parley, "parley"),
    pauseReplay: async () => void (await ask("SELECT pg_wal_replay_pause()")),
    resumeReplay: async () => void (await ask("SELECT pg_wal_replay_resume()")),
    promote: async () => void (await ask("SELECT pg_promote()")),
    freeze: () => signalAll(server.pid, "SIGSTOP"),
    thaw: () => signalAll(server.pid, "SIGCONT"),
    kill: async () => {
      if (isAlive(server.pid)) signalIfThere(server.pid, "SIGKILL");
      await waitUntil(() => !isAlive(server.pid));
    },
    start: async () => {
      server = await launchServer(context, at);
    },
    caughtUp: async () => {
      const [position] = await askOnce(primary.adminUrl, "SELECT pg_current_wal_flush_lsn()::text AS lsn");
      await waitUntil(async () => {
        const [row] = await ask("SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS there", [position?.lsn]);
        return row?.there === true;
      });
    },
  };
}

async function askOnce(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** The server and its children; the server first, so that it makes no new ones. */
function signalAll(pid: number, signal: NodeJS.Signals): void {
  if (!isAlive(pid)) return;
  signalIfThere(pid, signal);
  for (const child of childrenOf(pid)) signalIfThere(child, signal);
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** Some end by themselves, between being listed and being told. */
function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

const isGone = (error: unknown): boolean => ["ESRCH", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "");
