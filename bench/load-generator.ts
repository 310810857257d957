import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Conversation } from "./drivers/driver.ts";
import { keepChild, stopChild } from "./kept-children.ts";
import type { Counts, FromClient, Job, JobResult, ToClient } from "./load-job.ts";
import { readCpu } from "./process-cpu.ts";
import { fileBeside, TYPESCRIPT } from "./systems.ts";
import type { Target } from "./target.ts";

const SETTLED_WITHIN_MS = 20_000;
const LOOK_MS = 500;
/** Of a core. */
const RESTING = 0.1;

/** CPU time in microseconds; null where it cannot be told. */
export interface Cpu {
  readonly server: number | null;
  readonly postgres: number | null;
  readonly client: number | null;
}

export interface Measured extends JobResult {
  /** Per acknowledged message, per delivery. */
  readonly cpu: Cpu;
  readonly cpuPerDelivery: Cpu;
  /** What the clients got per acknowledged message: frames (of WebSockets), bytes. */
  readonly frames: number;
  readonly bytes: number;
}

/** Called when the measured time begins and when it ends. */
export interface Watch {
  readonly onBegin?: () => Promise<void>;
  readonly onEnd?: () => Promise<void>;
}

export interface LoadGenerator {
  run(job: Job, watch?: Watch): Promise<Measured>;
  stop(): Promise<void>;
}

/** Starts a load client and connects all people of these conversations. */
export async function startLoadGenerator(
  { driver, url, pid }: Target,
  conversations: readonly Conversation[],
  postgresPid: number,
): Promise<LoadGenerator> {
  const child = spawn(process.execPath, [...TYPESCRIPT, fileBeside("load-client.ts")], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  keepChild(child);
  const next = receiver(child);
  const say = (message: ToClient): void => void child.send(message);
  const connected = next("connected");
  say({ type: "connect", driver, url, conversations });
  await connected;
  await settle(pid);
  const readAll = (): Cpu => ({
    server: readCpu(pid, true),
    postgres: readCpu(postgresPid, true),
    client: readCpu(child.pid ?? 0),
  });
  return {
    run: async (job, watch = {}) => {
      const [measuring, measured, ended] = [next("measuring"), next("measured"), next("result")];
      // Whichever is awaited first tells of an end; the others must not end the bench.
      for (const one of [measured, ended]) one.catch(() => {});
      say({ type: "run", job });
      const { counts: began } = await measuring;
      const before = readAll();
      await watch.onBegin?.();
      const { counts } = await measured;
      const after = readAll();
      await watch.onEnd?.();
      const { result } = await ended;
      return { ...result, ...perMessage(subtract(counts, began), before, after) };
    },
    stop: () => stopChild(child),
  };
}

/** Connecting has an aftermath, such as the news of who is here: waits until the server rests, but not for ever. */
async function settle(pid: number): Promise<void> {
  const until = performance.now() + SETTLED_WITHIN_MS;
  for (let before = readCpu(pid, true); before !== null && performance.now() < until; ) {
    await sleep(LOOK_MS);
    const after = readCpu(pid, true);
    if (after === null || after - before < RESTING * LOOK_MS * 1_000) return;
    before = after;
  }
}

const subtract = (one: Counts, other: Counts): Counts => ({
  acked: one.acked - other.acked,
  delivered: one.delivered - other.delivered,
  frames: one.frames - other.frames,
  bytes: one.bytes - other.bytes,
});

function perMessage({ acked, delivered, frames, bytes }: Counts, before: Cpu, after: Cpu) {
  const share = (count: number): Cpu => {
    const of = (one: number | null, other: number | null) =>
      one === null || other === null || count === 0 ? null : (one - other) / count;
    return {
      server: of(after.server, before.server),
      postgres: of(after.postgres, before.postgres),
      client: of(after.client, before.client),
    };
  };
  const each = (total: number) => (acked === 0 ? 0 : total / acked);
  return { cpu: share(acked), cpuPerDelivery: share(delivered), frames: each(frames), bytes: each(bytes) };
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
