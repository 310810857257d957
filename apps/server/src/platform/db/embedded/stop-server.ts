import { setTimeout as sleep } from "node:timers/promises";
import type { EmbeddedContext } from "./context.ts";
import { isAlive } from "./postmaster-file.ts";
import { runProgram } from "./run-program.ts";

const FAST_SECONDS = 20;
const IMMEDIATE_SECONDS = 10;

/**
 * Stops the server with `pg_ctl`: connections are cut, everything is written, the next start needs no recovery. One that
 * hangs is stopped without writing, which loses nothing that was acknowledged either, and recovers at the next start.
 */
export async function stopServer(context: EmbeddedContext, pid: number): Promise<void> {
  for (const [mode, seconds] of [
    ["fast", FAST_SECONDS],
    ["immediate", IMMEDIATE_SECONDS],
  ] as const) {
    const failure = await pgCtlStop(context, mode, seconds);
    if (await isGone(pid, failure === null ? 2000 : 0)) return;
    if (failure !== null) context.logger.warn(`pg_ctl stop -m ${mode}: ${failure.message}`);
  }
  throw new Error(`PostgreSQL (pid ${pid}) in ${context.cluster} could not be stopped. Its log is ${context.logFile}.`);
}

async function pgCtlStop(context: EmbeddedContext, mode: string, seconds: number): Promise<Error | null> {
  const args = ["stop", "-D", context.cluster, "-m", mode, "-w", "-t", String(seconds), "-s"];
  try {
    await runProgram(context.binaries.pgCtl, args, context.runAs, context.home);
    return null;
  } catch (error) {
    return error as Error;
  }
}

/** The file goes a moment before the process. */
async function isGone(pid: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (isAlive(pid)) {
    if (Date.now() >= deadline) return false;
    await sleep(10);
  }
  return true;
}
