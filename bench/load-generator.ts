import { type ChildProcess, spawn } from "node:child_process";
import type { FromClient, Job, JobResult, ToClient } from "./load-job.ts";
import { readCpu } from "./process-cpu.ts";
import { fileBeside, stopProcess, type System, TYPESCRIPT } from "./systems.ts";

export interface Measured extends JobResult {
  /** CPU time per acknowledged message in microseconds; null where it cannot be told. */
  readonly cpu: {
    readonly server: number | null;
    readonly postgres: number | null;
    readonly client: number | null;
  };
}

export interface LoadGenerator {
  run(job: Job): Promise<Measured>;
  stop(): Promise<void>;
}

/** Starts the load client of one system and connects all its people. */
export async function startLoadGenerator(system: System, postgresPid: number): Promise<LoadGenerator> {
  const child = spawn(process.execPath, [...TYPESCRIPT, fileBeside("load-client.ts")], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const next = receiver(child);
  const say = (message: ToClient): void => void child.send(message);
  say({ type: "connect", url: system.url, pairs: system.pairs });
  await next("connected");
  const readAll = () => ({
    server: readCpu(system.pid),
    postgres: readCpu(postgresPid, true),
    client: readCpu(child.pid ?? 0),
  });
  return {
    run: async (job) => {
      say({ type: "run", job });
      await next("measuring");
      const before = readAll();
      const { acked } = await next("measured");
      const after = readAll();
      const { result } = await next("result");
      const each = (one: number | null, other: number | null) =>
        one === null || other === null || acked === 0 ? null : (one - other) / acked;
      return {
        ...result,
        cpu: {
          server: each(after.server, before.server),
          postgres: each(after.postgres, before.postgres),
          client: each(after.client, before.client),
        },
      };
    },
    stop: () => stopProcess(child),
  };
}

/** Messages come one after the other; each is waited for by its type. */
function receiver(child: ChildProcess) {
  return <Type extends FromClient["type"]>(type: Type): Promise<Extract<FromClient, { type: Type }>> =>
    new Promise((resolve, reject) => {
      const ended = () => reject(new Error("The load client ended."));
      const listen = (message: FromClient) => {
        if (message.type !== type) return;
        child.off("message", listen);
        child.off("exit", ended);
        resolve(message as Extract<FromClient, { type: Type }>);
      };
      child.on("message", listen);
      child.on("exit", ended);
    });
}
