import { rmSync } from "node:fs";
import { join } from "node:path";
import type { EmbeddedContext, RunningServer } from "./context.ts";
import { isAlive, isPostmasterOf, type Postmaster, readPostmaster, runsProgram } from "./postmaster-file.ts";
import { stopServer } from "./stop-server.ts";
import { waitUntilReady } from "./wait-until-ready.ts";

/** A server that recovers after a crash does not answer yet; it deserves patience. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Looks for a server that an earlier, killed process left behind. One that answers to our password and runs our program is
 * taken over; any other one on our cluster is stopped; the traces of a dead one are removed.
 * @returns the server taken over, or null when a new one is to be started
 */
export async function adoptServer(context: EmbeddedContext): Promise<RunningServer | null> {
  const found = readPostmaster(context.cluster);
  if (found === null) return null;
  if (!isPostmasterOf(context.cluster, found.pid)) return removeTraces(context, found);
  if (runsProgram(found.pid, context.binaries.postgres) && found.port > 0) {
    const state = await waitUntilReady(context, found, () => isAlive(found.pid), PATIENCE_MS);
    if (state === "ready") return { ...found, adopted: true };
    if (state === "dead") return removeTraces(context, found);
    if (process.platform !== "linux") return removeTraces(context, found);
  }
  context.logger.warn(`The PostgreSQL left behind (pid ${found.pid}) does not fit; it is stopped and started anew.`);
  await stopServer(context, found.pid);
  return null;
}

/**
 * PostgreSQL clears away a dead server's file by itself, and checks for stray children while it does. Only a number that now
 * belongs to an innocent process would stop it, so only then the file is removed here.
 */
function removeTraces(context: EmbeddedContext, found: Postmaster): null {
  if (isAlive(found.pid)) rmSync(join(context.cluster, "postmaster.pid"), { force: true });
  return null;
}
