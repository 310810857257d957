import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import type { TestProject } from "vitest/node";
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "../../apps/server/src/platform/db/embedded/start-embedded-postgres.ts";
import { migrate } from "../../apps/server/src/platform/db/migrate.ts";
import { databaseUrl, TEMPLATE } from "./database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The superuser's URL of the run's PostgreSQL. */
    adminUrl: string;
    /** The URL of the role `parley` there. */
    parleyUrl: string;
  }
}

const MIGRATIONS = fileURLToPath(new URL("../../apps/server/migrations", import.meta.url));
const PREFIX = "parley-test-";

interface TestServer {
  readonly postgres: EmbeddedPostgres;
  readonly dataDir: string;
  users: number;
}

/** Every project loads its own copy of this module; the server that they share is kept on the process. */
const shared = globalThis as { parleyTestServer?: Promise<TestServer> };

/** One PostgreSQL for all projects of a run, in a temporary folder, with a migrated template for the test databases. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.parleyTestServer ??= startTestServer();
  const server = await shared.parleyTestServer;
  server.users += 1;
  project.provide("adminUrl", server.postgres.adminUrl);
  project.provide("parleyUrl", server.postgres.url);
  return async () => {
    server.users -= 1;
    if (server.users > 0) return;
    delete shared.parleyTestServer;
    await server.postgres.stop();
    rmSync(server.dataDir, { recursive: true, force: true });
  };
}

async function startTestServer(): Promise<TestServer> {
  removeLeftovers();
  const dataDir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const postgres = await startEmbeddedPostgres({ dataDir });
  discardWhenInterrupted(dataDir);
  await makeTemplate(postgres);
  return { postgres, dataDir, users: 0 };
}

async function makeTemplate({ adminUrl, url }: EmbeddedPostgres): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${TEMPLATE} OWNER parley`);
    await migrate(databaseUrl(url, TEMPLATE), MIGRATIONS);
    await client.query(`ALTER DATABASE ${TEMPLATE} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
  } finally {
    await client.end();
  }
}

/** A signal would end the process without "exit". */
function discardWhenInterrupted(dataDir: string): void {
  process.once("exit", () => discard(dataDir));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}

/** What a run that was killed could not put away: the folder's name tells the process that made it. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length).split("-")[0] : Number.NaN);
    if (Number.isInteger(pid) && !isAlive(pid)) discard(join(tmpdir(), name));
  }
}

/** Ends the server of that folder at once, without a farewell, and removes the folder. */
function discard(dataDir: string): void {
  try {
    const [pid] = readFileSync(join(dataDir, "postgres", "cluster", "postmaster.pid"), "utf8").split("\n");
    process.kill(Number(pid), "SIGQUIT");
  } catch {
    // No server runs there.
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
