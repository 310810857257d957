import cluster from "node:cluster";
import { fileURLToPath } from "node:url";
import { type App, createApp } from "./app.ts";
import { seedDemoStory } from "./features/demo/seed-demo-story.ts";
import type { Config } from "./platform/config.ts";
import { startEmbeddedPostgres } from "./platform/db/embedded/start-embedded-postgres.ts";
import { judgeLoginRole } from "./platform/db/judge-login-role.ts";
import { migrate } from "./platform/db/migrate.ts";
import { demoSecretsFile } from "./platform/demo-secrets.ts";
import { loadConfig } from "./platform/load-config.ts";
import type { Logger } from "./platform/logger.ts";
import { stopOnSignals } from "./platform/shutdown.ts";
import { openLogAndTraces } from "./platform/tracing/open-log-and-traces.ts";
import type { Tracing } from "./platform/tracing/tracing.ts";
import { runWorker } from "./workers/run-worker.ts";
import { runWorkers } from "./workers/run-workers.ts";

const MIGRATIONS = fileURLToPath(new URL("../migrations", import.meta.url));

/** RFC 7518, 3.2 */
const HS256_BYTES = 32;

/** The connections of more would not fit into the embedded PostgreSQL. */
const MAX_WORKERS_EMBEDDED = 8;

/** What runs so far, in the order of its start. */
const running: (() => Promise<void>)[] = [];

try {
  if (cluster.isWorker) await runWorker();
  else await start();
} catch (error) {
  console.error(`Parley cannot start. ${(error as Error).message}`);
  await stop();
  process.exit(1);
}

async function start(): Promise<void> {
  const config = await loadConfig(process.env);
  const { logger, tracing } = await openLogAndTraces(config);
  if (tracing !== undefined) running.push(() => tracing.close());
  stopOnSignals(stop, logger);
  const databaseUrl = config.databaseUrl ?? (await bringPostgres(config, logger));
  await bringUpToDate(config, databaseUrl, logger);
  if (config.databaseUrl !== null) await checkRole(config.databaseUrl, logger);
  if (config.workers > 1) await startWorkers(config, databaseUrl, logger);
  else await startAlone(config, databaseUrl, logger, tracing);
  console.log(welcome(config));
}

async function startAlone(config: Config, databaseUrl: string, logger: Logger, tracing?: Tracing): Promise<void> {
  const app = await createApp({ config, databaseUrl, logger, tracing });
  running.push(() => app.close());
  await prepare(app, logger);
  await app.listen();
}

async function startWorkers(config: Config, databaseUrl: string, logger: Logger): Promise<void> {
  const app = await createApp({ config, databaseUrl, logger });
  await prepare(app, logger).finally(() => app.close());
  running.push(await runWorkers({ count: config.workers, databaseUrl, logger }));
}

async function stop(): Promise<void> {
  for (const stopOne of running.splice(0).reverse()) await stopOne();
}

async function bringPostgres(config: Config, logger: Logger): Promise<string> {
  if (config.workers > MAX_WORKERS_EMBEDDED) {
    throw new Error(`WORKERS above ${MAX_WORKERS_EMBEDDED} need a PostgreSQL of their own: set DATABASE_URL.`);
  }
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, logger });
  running.push(() => postgres.stop());
  return postgres.url;
}

async function bringUpToDate(config: Config, databaseUrl: string, logger: Logger): Promise<void> {
  try {
    const { applied } = await migrate(config.migrationDatabaseUrl ?? databaseUrl, MIGRATIONS);
    if (applied.length > 0) logger.info({ applied }, "The database was brought up to date");
  } catch (cause) {
    if (config.databaseUrl === null) throw cause;
    const variable = config.migrationDatabaseUrl === null ? "DATABASE_URL" : "MIGRATION_DATABASE_URL";
    throw new Error(`The database of ${variable} cannot be used: ${(cause as Error).message}`, { cause });
  }
}

/** @throws Error when the server could not work under the role of DATABASE_URL */
async function checkRole(databaseUrl: string, logger: Logger): Promise<void> {
  const { fault, warning } = await judgeLoginRole(databaseUrl);
  if (fault !== null) throw new Error(`The database of DATABASE_URL cannot be used: ${fault}`);
  if (warning !== null) logger.warn(warning);
}

function warnOfShortSecret({ auth }: Config, logger: Logger): void {
  if (auth.jwtSecret === null || Buffer.byteLength(auth.jwtSecret) >= HS256_BYTES) return;
  logger.warn(`PARLEY_JWT_SECRET is short: HS256 wants ${HS256_BYTES} bytes at random.`);
}

/** What is done once, before anybody is let in. */
async function prepare({ deps }: App, logger: Logger): Promise<void> {
  if (!deps.config.demo) {
    warnOfShortSecret(deps.config, logger);
    return;
  }
  logger.warn(
    { serverKeyIn: demoSecretsFile(deps.config.dataDir) },
    "DEMO MODE: everybody who reaches this server signs in as anybody. Set PARLEY_JWT_SECRET or PARLEY_JWKS_URL to end it.",
  );
  await seedDemoStory(deps);
}

function welcome({ publicUrl, demo, host }: Config): string {
  const where = `\n  Parley is ready:  ${publicUrl}\n  API reference:    ${publicUrl}/api/docs\n`;
  if (!demo) return where;
  const reach = host === "127.0.0.1" ? "only from this machine" : "from wherever this machine can be reached";
  return `${where}\n  Demo mode (${reach}): open the page in two windows and sign in as two people.\n`;
}
