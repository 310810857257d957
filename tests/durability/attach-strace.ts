import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { findProgram } from "../../scripts/find-programs.mjs";
import { waitUntil } from "../support/wait-until.ts";

/** Writes to files and sockets, and what makes files durable. */
const CALLS = "trace=pwrite64,pwritev,fdatasync,fsync,write,writev,sendto,sendmsg";
/** Longest part of what is written that is kept; a socket is given many frames at once. */
const KEPT_BYTES = 1_048_576;

/** Why system calls cannot be watched here, null when they can. */
export async function whyNotTraced(): Promise<string | null> {
  const strace = findProgram("strace");
  if (process.platform !== "linux" || strace === null) return "there is no strace here";
  const somebody = spawn("sleep", ["10"], { stdio: "ignore" });
  try {
    await (await attachStrace([somebody.pid ?? 0], "/dev/null")).stop();
    return null;
  } catch {
    return "strace may not attach to processes here";
  } finally {
    somebody.kill();
  }
}

export interface Trace {
  /** Lets the processes go on unwatched; what was seen stands in the file then. */
  stop(): Promise<void>;
}

/** Writes down the calls of these processes, of their children and threads, in one order: a call's end before what it lets happen. */
export async function attachStrace(pids: readonly number[], file: string): Promise<Trace> {
  const targets = pids.flatMap((pid) => [pid, ...childrenOf(pid)]);
  const args = ["-f", "-yy", "-v", "-s", String(KEPT_BYTES), "-e", CALLS, "-e", "signal=none", "-o", file];
  const strace = spawn(findProgram("strace") ?? "", [...args, ...targets.flatMap((pid) => ["-p", String(pid)])], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  strace.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const isAttached = (pid: number) => new RegExp(`Process ${pid} attached`).test(said);
  const ended = once(strace, "close");
  await waitUntil(() => {
    if (strace.exitCode !== null) throw new Error(`strace could not attach: ${said}`);
    return targets.every(isAttached);
  });
  return {
    stop: async () => {
      // The last lines of what was just answered are on their way.
      await sleep(200);
      strace.kill("SIGINT");
      await ended;
    },
  };
}

/** PostgreSQL's processes are children of the first one. */
function childrenOf(parent: number): number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === parent;
    } catch {
      return false;
    }
  });
}
