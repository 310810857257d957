import { type ChildProcess, spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stopProcess } from "../systems.ts";

const READY_WITHIN_MS = 30_000;

interface Daemon {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Its log goes there, and it runs there. */
  readonly folder: string;
  /** On loopback; the daemon is ready when it listens. */
  readonly port: number;
}

/** Runs a server in the foreground as our child, until `stop`. */
export async function runDaemon({ command, args, env = {}, folder, port }: Daemon) {
  const log = join(folder, "daemon.log");
  const file = openSync(log, "a");
  const child = spawn(command, [...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", file, file],
  });
  child.on("error", () => {});
  await waitUntilListening(child, port).catch(async (error: unknown) => {
    await stopProcess(child);
    throw new Error(`${command}: ${String(error)}\n${readFileSync(log, "utf8").slice(-2_000)}`, { cause: error });
  });
  return { pid: child.pid ?? 0, stop: () => stopProcess(child) };
}

async function waitUntilListening(child: ChildProcess, port: number): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    if (child.exitCode !== null || child.pid === undefined) throw new Error("It ended at once.");
    if (await isListening(port)) return;
    await sleep(100);
  }
  throw new Error("It did not listen in time.");
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect(port, "127.0.0.1");
    probe.on("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.on("error", () => resolve(false));
  });
