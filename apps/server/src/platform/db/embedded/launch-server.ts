import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { cleanEnvironment } from "./clean-environment.ts";
import type { EmbeddedContext, RunningServer, ServerAddress } from "./context.ts";
import { readPostmaster } from "./postmaster-file.ts";
import { runProgram } from "./run-program.ts";
import { serverSettings } from "./server-settings.ts";
import { stopServer } from "./stop-server.ts";
import { waitUntilReady } from "./wait-until-ready.ts";

/** Crash recovery may have gigabytes of log to replay. */
const READY_WITHIN_MS = 5 * 60_000;
/** Children of a killed server hold its shared memory for a moment longer. */
const STRAY_CHILDREN_MS = 15_000;

/** Starts PostgreSQL and waits until it answers. Rejects with the end of its log when it does not come up. */
export async function launchServer(context: EmbeddedContext, at: ServerAddress): Promise<RunningServer> {
  const deadline = Date.now() + STRAY_CHILDREN_MS;
  for (;;) {
    const logFrom = statSync(context.logFile, { throwIfNoEntry: false })?.size ?? 0;
    const failure = await launchOnce(context, at);
    if (typeof failure === "object") return failure;
    const words = readFileSync(context.logFile).subarray(logFrom).toString().trim();
    if (!/pre-existing shared memory block/.test(words) || Date.now() > deadline) {
      throw new Error(
        `PostgreSQL did not start (${failure}). Its log, ${context.logFile}, ends with:\n${words.slice(-2000)}`,
      );
    }
    await sleep(300);
  }
}

/** Resolves to the running server, or to the state that it got stuck in. */
async function launchOnce(context: EmbeddedContext, at: ServerAddress): Promise<RunningServer | string> {
  const started = process.platform === "win32" ? await startByPgCtl(context, at) : startDirectly(context, at);
  const state = await waitUntilReady(context, at, started.isAlive, READY_WITHIN_MS);
  if (state === "ready") return { ...at, pid: started.pid, adopted: false };
  if (started.isAlive()) await stopServer(context, started.pid);
  return state;
}

interface Started {
  readonly pid: number;
  readonly isAlive: () => boolean;
}

/** In a session of its own: Ctrl-C in the terminal must reach Parley alone, which stops the server when its work is done. */
function startDirectly(context: EmbeddedContext, at: ServerAddress): Started {
  const log = openSync(context.logFile, "a", 0o600);
  const user = context.runAs === null ? {} : { uid: context.runAs.uid, gid: context.runAs.gid };
  const child = spawn(
    context.binaries.postgres,
    ["-D", context.cluster, ...serverSettings(at).flatMap((setting) => ["-c", setting])],
    { ...user, cwd: context.home, env: cleanEnvironment(), detached: true, stdio: ["ignore", log, log] },
  );
  closeSync(log);
  child.on("error", () => {});
  child.unref();
  const isAlive = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  return { pid: child.pid ?? 0, isAlive };
}

/** On Windows, `pg_ctl` gives up administrator's rights, which PostgreSQL refuses to run with. */
async function startByPgCtl(context: EmbeddedContext, at: ServerAddress): Promise<Started> {
  const options = serverSettings(at)
    .map((setting) => `-c ${setting}`)
    .join(" ");
  const args = ["start", "-D", context.cluster, "-l", context.logFile, "-o", options, "-w", "-t", "300", "-s"];
  await runProgram(context.binaries.pgCtl, args, null, context.home);
  const pid = readPostmaster(context.cluster)?.pid ?? 0;
  const isAlive = () => readPostmaster(context.cluster)?.pid === pid;
  return { pid, isAlive };
}
