import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { keepChild, stopChild } from "../kept-children.ts";
import { waitUntilListening } from "../wait-until-listening.ts";

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
  keepChild(child);
  await waitUntilListening(child, port).catch(async (error: unknown) => {
    await stopChild(child);
    throw new Error(`${command}: ${String(error)}\n${readFileSync(log, "utf8").slice(-2_000)}`, { cause: error });
  });
  return { pid: child.pid ?? 0, stop: () => stopChild(child) };
}
