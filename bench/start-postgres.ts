import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { chooseHome } from "../apps/server/src/platform/db/embedded/choose-home.ts";
import { cleanEnvironment } from "../apps/server/src/platform/db/embedded/clean-environment.ts";
import { locateBinaries } from "../apps/server/src/platform/db/embedded/locate-binaries.ts";
import { prepareBinaries } from "../apps/server/src/platform/db/embedded/prepare-binaries.ts";
import { serverSettings } from "../apps/server/src/platform/db/embedded/server-settings.ts";
import { startEmbeddedPostgres } from "../apps/server/src/platform/db/embedded/start-embedded-postgres.ts";
import { findFreePort } from "./free-port.ts";
import { keepChild, stopChild } from "./kept-children.ts";

const READY_WITHIN_MS = 30_000;
/** Peers hold pools of their own. */
const MAX_CONNECTIONS = 200;

/**
 * Starts Parley's embedded PostgreSQL with its own settings, but on a TCP port of loopback: some peers cannot reach it
 * otherwise, and all shall reach it in the same way.
 * @returns URLs of the owner and of the superuser
 */
export async function startPostgres(folder: string) {
  const embedded = await startEmbeddedPostgres({ dataDir: folder });
  const socketFolder = embedded.host;
  await embedded.stop();
  const { home, cluster, runAs } = chooseHome(folder, { info: () => {}, warn: () => {} });
  const { postgres } = await prepareBinaries(locateBinaries(), home, runAs);
  const port = await findFreePort();
  const settings = [
    ...serverSettings({ host: socketFolder, port }),
    ...["unix_socket_directories=", "listen_addresses=127.0.0.1", `max_connections=${MAX_CONNECTIONS}`],
  ];
  const log = openSync(join(folder, "postgres.log"), "a");
  const child = spawn(postgres, ["-D", cluster, ...settings.flatMap((setting) => ["-c", setting])], {
    ...(runAs === null ? {} : { uid: runAs.uid, gid: runAs.gid }),
    cwd: home,
    env: cleanEnvironment(),
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  // An immediate stop: its children end, too.
  keepChild(child, "SIGQUIT");
  const stop = () => stopChild(child, "SIGINT");
  const url = overTcp(embedded.url, port);
  await waitUntilReady(url).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { url, adminUrl: overTcp(embedded.adminUrl, port), pid: child.pid ?? 0, stop };
}

const overTcp = (url: string, port: number): string => url.replace(/@[^/]+\//, `@127.0.0.1:${port}/`);

async function waitUntilReady(url: string): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (performance.now() > until) throw error;
      await sleep(50);
    }
  }
}
