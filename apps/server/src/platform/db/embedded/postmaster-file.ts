import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ServerAddress } from "./context.ts";

/** What a running (or killed) PostgreSQL has written into its data folder. */
export interface Postmaster extends ServerAddress {
  readonly pid: number;
}

/** Reads `postmaster.pid`; null when there is none, or nothing in it yet. */
export function readPostmaster(cluster: string): Postmaster | null {
  const text = readOrNull(join(cluster, "postmaster.pid"), "utf8");
  const [pid, , , port, socketFolder] = text?.split("\n") ?? [];
  if (!pid || !Number.isInteger(Number(pid))) return null;
  return { pid: Math.abs(Number(pid)), port: Number(port ?? 0), host: socketFolder?.trim() || "127.0.0.1" };
}

/**
 * Whether the process with that number is a PostgreSQL on this cluster. Numbers are given out again: after a crash or in a
 * new container, an innocent process may carry it. Where the system does not show command lines (Windows, macOS) it counts
 * as one, and has to prove itself by answering to our password.
 */
export function isPostmasterOf(cluster: string, pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== "linux") return true;
  const words = readOrNull(`/proc/${pid}/cmdline`, "utf8")?.split("\0") ?? [];
  return words.includes(cluster);
}

/** Whether it runs that very program; one that an installation has replaced on disk shows as deleted. */
export function runsProgram(pid: number, program: string): boolean {
  if (process.platform !== "linux") return true;
  return readOrNull(`/proc/${pid}/cmdline`, "utf8")?.split("\0")[0] === program && !isDeleted(pid);
}

/** Whether the process runs. One that has ended and that nobody collects, as in a container without an init, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) Z /.test(readOrNull(`/proc/${pid}/stat`, "latin1") ?? "");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function isDeleted(pid: number): boolean {
  return readOrNull(`/proc/${pid}/maps`, "latin1")?.includes("/bin/postgres (deleted)") ?? false;
}

function readOrNull(path: string, encoding: BufferEncoding): string | null {
  try {
    return readFileSync(path, encoding);
  } catch {
    return null;
  }
}
