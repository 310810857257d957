import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { productFolder } from "./product.ts";

const MEDDLE = new URL("meddle.mjs", import.meta.url).href;
const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 25;

/** Moments at which a server can be made to die; `meddle.mjs` knows them. */
export const failPoints = ["before-commit", "after-commit", "before-acknowledgement", "before-event"] as const;
export type FailPoint = (typeof failPoints)[number];

interface ServerOptions {
  /** As the history calls it. */
  readonly name: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  /** The compiled server: a folder with `dist` and `migrations`. */
  readonly folder?: string;
}

export interface ServerProcess {
  readonly name: string;
  readonly url: string;
  /** What it has said so far, over all its lives. */
  readonly log: () => string;
  /** Lives that ended without our doing. */
  readonly crashes: () => number;
  /** Resident memory, in bytes. */
  readonly memory: () => number;
  /** Ends it with SIGKILL, starts it again on the same port and database, and resolves when it is ready. */
  killAndRestart(): Promise<void>;
  /**
   * The next change that gets to this moment ends it; after `withinMs` it is killed anyway. Resolves when it is ready again,
   * to whether it got there.
   */
  dieAt(point: FailPoint, withinMs: number): Promise<boolean>;
  /** Tells it to stop. Resolves to its exit code. */
  drain(): Promise<number | null>;
  restart(): Promise<void>;
  moveClock(aheadMs: number): void;
  waitUntilReady(): Promise<void>;
  /** Stops it politely. Resolves to the exit code. */
  stop(): Promise<number | null>;
}

/** Starts the compiled server, as in production, and starts it again when it ends, as a service manager would. */
export async function startServerProcess(options: ServerOptions): Promise<ServerProcess> {
  const { name, port, env, folder = productFolder } = options;
  const main = `${folder}/dist/main.js`;
  if (!existsSync(main)) throw new Error("The server has not been compiled. Run npm run build.");
  const url = `http://127.0.0.1:${port}`;
  let said = "";
  let crashes = 0;
  let expected = false;
  let child = launch();

  function launch(): ChildProcess {
    const started = spawn(process.execPath, ["--import", MEDDLE, main], {
      env: { ...process.env, ...env, PORT: String(port), HOST: "127.0.0.1" },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const listen = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-200_000));
    started.stdout?.on("data", listen);
    started.stderr?.on("data", listen);
    started.on("error", () => {});
    started.once("exit", () => {
      if (expected) return;
      crashes += 1;
      child = launch();
    });
    expected = false;
    return started;
  }

  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  async function ended(withinMs = Number.POSITIVE_INFINITY): Promise<boolean> {
    const until = performance.now() + withinMs;
    while (!hasEnded() && performance.now() < until) await sleep(5);
    return hasEnded();
  }

  async function end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
    expected = true;
    if (!hasEnded()) child.kill(signal);
    await ended();
    return child.exitCode;
  }

  const server: ServerProcess = {
    name,
    url,
    log: () => said,
    crashes: () => crashes,
    memory: () => residentBytes(child.pid),
    killAndRestart: async () => {
      await end("SIGKILL");
      await server.restart();
    },
    dieAt: async (failPoint, withinMs) => {
      expected = true;
      child.send({ failPoint });
      const gotThere = await ended(withinMs);
      await server.killAndRestart();
      return gotThere;
    },
    drain: () => end("SIGTERM"),
    restart: async () => {
      child = launch();
      await server.waitUntilReady();
    },
    moveClock: (aheadMs) => void child.send({ aheadMs }),
    waitUntilReady: () => waitUntilReady(url),
    stop: () => end("SIGTERM"),
  };
  await server.waitUntilReady().catch((error: Error) => {
    throw new Error(`${error.message} It said:\n${said.slice(-2_000)}`);
  });
  return server;
}

async function waitUntilReady(url: string): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    const isReady = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`The server at ${url} did not get ready within ${READY_WITHIN_MS / 1_000} s.`);
}

function residentBytes(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024;
  } catch {
    return 0;
  }
}
