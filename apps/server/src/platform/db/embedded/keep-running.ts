import { setTimeout as sleep } from "node:timers/promises";
import { boundLog } from "./bound-log.ts";
import type { EmbeddedContext, RunningServer } from "./context.ts";
import { isAlive } from "./postmaster-file.ts";
import { stopServer } from "./stop-server.ts";

const LOOK_EVERY_MS = 200;
const PAUSE_AFTER_FAILURE_MS = 2000;

export interface KeptServer {
  readonly current: () => RunningServer;
  stop(): Promise<void>;
}

/**
 * Watches the server and brings it up again when it dies (killed by hand, by the system for lack of memory). Connections break
 * meanwhile; the address stays the same.
 * @param bringUp starts a server, or takes over one that is there
 */
export function keepRunning(
  context: EmbeddedContext,
  first: RunningServer,
  bringUp: () => Promise<RunningServer>,
): KeptServer {
  let server = first;
  let stopping = false;
  let revival: Promise<void> | null = null;
  const unboundLog = boundLog(context.logFile);

  const revive = async () => {
    context.logger.warn(`PostgreSQL (pid ${server.pid}) has died; it is started again. Its log is ${context.logFile}.`);
    for (;;) {
      if (stopping) return;
      try {
        server = await bringUp();
        return;
      } catch (error) {
        context.logger.warn((error as Error).message);
        await sleep(PAUSE_AFTER_FAILURE_MS);
      }
    }
  };
  const watch = setInterval(() => {
    if (revival !== null || isAlive(server.pid)) return;
    revival = revive().finally(() => {
      revival = null;
    });
  }, LOOK_EVERY_MS).unref();

  return {
    current: () => server,
    stop: async () => {
      stopping = true;
      clearInterval(watch);
      unboundLog();
      await revival;
      if (isAlive(server.pid)) await stopServer(context, server.pid);
    },
  };
}
