import type { SharedThroughPrimary } from "../drivers.ts";
import type { MetricValues } from "../platform/metrics.ts";
import { IpcChannel, type IpcPort } from "./ipc-channel.ts";
import type { PrimaryCalls, WorkerCalls } from "./worker-calls.ts";

/** What the primary tells a worker at its start, in the environment. */
export interface WorkerOrders {
  /** Its place among the workers, from 0; whoever takes the place of a dead one has the same. */
  readonly slot: number;
  readonly databaseUrl: string;
  /** Folder of the workers' private sockets. */
  readonly folder: string;
}

const VARIABLE = "PARLEY_WORKER";

export const ordersToEnv = (orders: WorkerOrders): Record<string, string> => ({ [VARIABLE]: JSON.stringify(orders) });

export const readOrders = (env: NodeJS.ProcessEnv): WorkerOrders => JSON.parse(env[VARIABLE] ?? "") as WorkerOrders;

/** The other side of the pipe, as a worker sees it. */
export interface PrimaryLink extends SharedThroughPrimary {
  readonly channel: IpcChannel<PrimaryCalls, WorkerCalls>;
}

interface LinkParts {
  readonly values: () => Promise<readonly MetricValues[]>;
  /** The primary wants this worker to stop. */
  readonly stop: () => void;
}

export function linkToPrimary(port: IpcPort, { values, stop }: LinkParts): PrimaryLink {
  const channel = new IpcChannel<PrimaryCalls, WorkerCalls>(port, {
    metrics: values,
    ping: async () => null,
    stop: async () => {
      stop();
      return null;
    },
  });
  return {
    channel,
    takeAll: (takes) => channel.ask("take", takes),
    board: {
      join: () => channel.ask("join", null),
      beat: (entries) => channel.ask("beat", entries),
      look: (userIds) => channel.ask("look", userIds),
    },
    renderMetrics: () => channel.ask("metrics", null),
  };
}

/** The pipe of a forked process to the one that forked it. */
export function portOfProcess(target: NodeJS.Process): IpcPort {
  return {
    send: (message, sent) => void target.send?.(message, undefined, undefined, sent),
    onMessage: (listener) => void target.on("message", listener),
    onClosed: (listener) => void target.once("disconnect", listener),
  };
}
