import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../apps/server/dist/main.js", import.meta.url));
const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 25;

export interface ServerProcess {
  readonly url: string;
  /** What it has said so far, over all its lives. */
  readonly log: () => string;
  /** Lives that ended without our doing. */
  readonly crashes: () => number;
  /** Ends it with SIGKILL, starts it again on the same port and database, and resolves when it is ready. */
  killAndRestart(): Promise<void>;
  waitUntilReady(): Promise<void>;
  /** Stops it politely. Resolves to the exit code. */
  stop(): Promise<number | null>;
}

/** Starts the compiled server, as in production, and starts it again when it ends, as a service manager would. */
export async function startServerProcess(port: number, env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  if (!existsSync(MAIN)) throw new Error("The server has not been compiled. Run npm run build.");
  const url = `http://127.0.0.1:${port}`;
  let said = "";
  let crashes = 0;
  let expected = false;
  let child = launch();

  function launch(): ChildProcess {
    const started = spawn(process.execPath, [MAIN], {
      env: { ...process.env, ...env, PORT: String(port), HOST: "127.0.0.1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const listen = (chunk: Buffer) => (said += chunk.toString());
    started.stdout.on("data", listen);
    started.stderr.on("data", listen);
    started.once("exit", () => {
      if (expected) return;
      crashes += 1;
      child = launch();
    });
    return started;
  }

  async function end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
    expected = true;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
    child.kill(signal);
    return ended;
  }

  const server: ServerProcess = {
    url,
    log: () => said,
    crashes: () => crashes,
    killAndRestart: async () => {
      await end("SIGKILL");
      expected = false;
      child = launch();
      await server.waitUntilReady();
    },
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

/** A free port outside the range from which the system gives ports to clients: ours must still be free after a kill. */
export async function findSteadyPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once("error", () => resolve(false));
      probe.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
}
