import cluster, { type Worker } from "node:cluster";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../platform/clock.ts";
import type { Logger } from "../platform/logger.ts";
import type { IpcPort } from "./ipc-channel.ts";
import { WorkerServices } from "./serve-workers.ts";
import { type Fork, WorkerSupervisor } from "./supervise-workers.ts";
import { ordersToEnv } from "./worker-process.ts";

interface RunOptions {
  readonly count: number;
  readonly databaseUrl: string;
  readonly logger: Logger;
}

/**
 * Forks so many workers, which share the port, and keeps them running.
 * @returns how to stop them all; resolved when they take requests
 * @throws Error when one of them cannot start; it has said why by then
 */
export async function runWorkers({ count, databaseUrl, logger }: RunOptions): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "parley-workers-"));
  const supervisor = new WorkerSupervisor({
    count,
    services: new WorkerServices(systemClock),
    fork: (slot) => forkOf(cluster.fork(ordersToEnv({ slot, databaseUrl, folder }))),
    onDeath: (slot, code) => logger.error({ worker: slot, code }, "A worker died and is started again"),
  });
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  try {
    await supervisor.start();
  } catch (error) {
    removeFolder();
    throw error;
  }
  return async () => {
    await supervisor.stop();
    removeFolder();
  };
}

const forkOf = (worker: Worker): Fork => ({
  port: portOf(worker),
  onExit: (listener) => void worker.once("exit", listener),
  kill: () => void worker.process.kill("SIGKILL"),
});

function portOf(worker: Worker): IpcPort {
  // A pipe that breaks shows itself by its end; without a listener it would end this process.
  worker.on("error", () => {});
  return {
    send: (message, sent) => void worker.process.send(message, undefined, undefined, sent),
    onMessage: (listener) => void worker.on("message", listener),
    onClosed: (listener) => void worker.once("disconnect", listener),
  };
}
