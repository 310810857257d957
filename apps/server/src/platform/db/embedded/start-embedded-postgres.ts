import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { adoptServer } from "./adopt-server.ts";
import { chooseAddress } from "./choose-address.ts";
import { chooseHome } from "./choose-home.ts";
import { connectionUrl } from "./connection-url.ts";
import type { EmbeddedContext, EmbeddedLogger, RunningServer, ServerAddress } from "./context.ts";
import { createCluster, SUPERUSER } from "./create-cluster.ts";
import { ensureDatabase, PARLEY } from "./ensure-database.ts";
import { type KeptServer, keepRunning } from "./keep-running.ts";
import { launchServer } from "./launch-server.ts";
import { locateBinaries } from "./locate-binaries.ts";
import { prepareBinaries } from "./prepare-binaries.ts";
import { type Lock, takeLock } from "./take-lock.ts";

export interface EmbeddedPostgresOptions {
  /** DATA_DIR: the database goes into its folder `postgres`. */
  readonly dataDir: string;
  readonly logger?: EmbeddedLogger;
  /** The package's `native` folder; looked up when not given. */
  readonly native?: string;
}

export interface EmbeddedPostgres {
  /** Role and database `parley`; no superuser. */
  readonly url: string;
  /** The superuser, for tests and tools. */
  readonly adminUrl: string;
  /** Of the server that runs now; another one after it was killed and came up again. */
  readonly pid: number;
  /** The folder of its Unix socket; 127.0.0.1 on Windows. */
  readonly host: string;
  /** True when an earlier process had left the server running. */
  readonly adopted: boolean;
  /** Stops the server, unlocks the folder. Calling it twice is harmless. */
  stop(): Promise<void>;
}

const SILENT: EmbeddedLogger = { info: () => {}, warn: () => {} };

/**
 * Brings up PostgreSQL in `dataDir`: creates the cluster at the first start, takes over a server that a killed process left
 * behind, keeps it running until `stop`. One process at a time may use a `dataDir`.
 * @throws Error with a sentence that says what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const logger = options.logger ?? SILENT;
  const { home, cluster, runAs } = chooseHome(options.dataDir, logger);
  const lock = await takeLock(home);
  try {
    const binaries = await prepareBinaries(options.native ?? locateBinaries(), home, runAs);
    const secret = await createCluster(home, binaries, runAs);
    const context = { home, cluster, logFile: join(home, "postgres.log"), binaries, runAs, secret, logger };
    const server = await bringUp(context, null);
    logger.info(`PostgreSQL ${server.adopted ? "was still running" : "started"} (pid ${server.pid}) in ${cluster}`);
    const kept = keepRunning(context, server, () => bringUp(context, server));
    await ensureDatabase(context, server).catch(async (error: unknown) => {
      await kept.stop();
      throw error;
    });
    return present(context, kept, server, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** @param at where it has listened before; its clients know that address */
async function bringUp(context: EmbeddedContext, at: ServerAddress | null): Promise<RunningServer> {
  return (await adoptServer(context)) ?? launchServer(context, at ?? (await chooseAddress(context)));
}

function present(context: EmbeddedContext, kept: KeptServer, server: RunningServer, lock: Lock): EmbeddedPostgres {
  let stopped: Promise<void> | null = null;
  const stop = async () => {
    await kept.stop();
    // A socket folder in the system's temporary folder; the one inside `home` stays.
    if (process.platform !== "win32" && dirname(server.host) !== context.home) {
      rmSync(server.host, { recursive: true, force: true });
    }
    await lock.release();
  };
  return {
    url: connectionUrl(server, PARLEY, context.secret.parley, PARLEY),
    adminUrl: connectionUrl(server, SUPERUSER, context.secret.admin, "postgres"),
    get pid() {
      return kept.current().pid;
    },
    host: server.host,
    adopted: server.adopted,
    stop: () => (stopped ??= stop()),
  };
}
