import { fileURLToPath } from "node:url";
import { type App, createApp } from "./app.ts";
import { seedDemoStory } from "./features/demo/seed-demo-story.ts";
import type { Config } from "./platform/config.ts";
import { startEmbeddedPostgres } from "./platform/db/embedded/start-embedded-postgres.ts";
import { migrate } from "./platform/db/migrate.ts";
import { demoSecretsFile } from "./platform/demo-secrets.ts";
import { loadConfig } from "./platform/load-config.ts";
import { createLogger, type Logger } from "./platform/logger.ts";
import { stopOnSignals } from "./platform/shutdown.ts";

const MIGRATIONS = fileURLToPath(new URL("../migrations", import.meta.url));

/** RFC 7518, 3.2 */
const HS256_BYTES = 32;

/** What runs so far, in the order of its start. */
const running: (() => Promise<void>)[] = [];

try {
  await start();
} catch (error) {
  console.error(`Parley cannot start. ${(error as Error).message}`);
  await stop();
  process.exit(1);
}

async function start(): Promise<void> {
  const config = await loadConfig(process.env);
  const logger = createLogger(config.logLevel);
  stopOnSignals(stop, logger);
  const databaseUrl = config.databaseUrl ?? (await bringPostgres(config, logger));
  await bringUpToDate(config, databaseUrl, logger);
  const app = await createApp({ config, databaseUrl, logger });
  running.push(() => app.close());
  if (config.demo) await prepareDemo(app, logger);
  else warnOfShortSecret(config, logger);
  await app.listen();
  console.log(welcome(config));
}

async function stop(): Promise<void> {
  for (const stopOne of running.splice(0).reverse()) await stopOne();
}

async function bringPostgres(config: Config, logger: Logger): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, logger });
  running.push(() => postgres.stop());
  return postgres.url;
}

async function bringUpToDate(config: Config, databaseUrl: string, logger: Logger): Promise<void> {
  try {
    const { applied } = await migrate(databaseUrl, MIGRATIONS);
    if (applied.length > 0) logger.info({ applied }, "The database was brought up to date");
  } catch (cause) {
    if (config.databaseUrl === null) throw cause;
    throw new Error(`The database of DATABASE_URL cannot be used: ${(cause as Error).message}`, { cause });
  }
}

function warnOfShortSecret({ auth }: Config, logger: Logger): void {
  if (auth.jwtSecret === null || Buffer.byteLength(auth.jwtSecret) >= HS256_BYTES) return;
  logger.warn(`PARLEY_JWT_SECRET is short: HS256 wants ${HS256_BYTES} bytes at random.`);
}

async function prepareDemo({ deps }: App, logger: Logger): Promise<void> {
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
