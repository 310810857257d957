import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { JWT_SECRET, SECRET_KEY } from "../support/start-server.ts";
import { waitUntil } from "../support/wait-until.ts";
import { findSteadyPort } from "../support/find-steady-port.ts";

const MAIN = fileURLToPath(new URL("../../apps/server/dist/main.js", import.meta.url));

/** The compiled server as a process of its own, as in production. */
export interface LaunchedServer {
  readonly url: string;
  readonly port: number;
  /** What it has said so far, over all its lives. */
  log(): string;
  /** The processes that it has forked. */
  workers(): number[];
  /** Tells it to stop. Resolves to its exit code, null when a signal ended it. */
  stop(): Promise<number | null>;
  /** Starts it again at the same port, and resolves when it is ready. */
  start(): Promise<void>;
  /** Stops it, politely or at once, whatever state it is in. */
  end(): Promise<void>;
}

export async function launchServer(env: Readonly<Record<string, string>>): Promise<LaunchedServer> {
  if (!existsSync(MAIN)) throw new Error("The server has not been compiled. Run npm run build.");
  const port = await findSteadyPort();
  const url = `http://127.0.0.1:${port}`;
  let said = "";
  let child: ChildProcess;

  async function start(): Promise<void> {
    child = spawn(process.execPath, [MAIN], {
      env: {
        ...process.env,
        PARLEY_JWT_SECRET: JWT_SECRET,
        PARLEY_SECRET_KEY: SECRET_KEY,
        LOG_LEVEL: "warn",
        ...env,
        PORT: String(port),
        HOST: "127.0.0.1",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const listen = (chunk: Buffer) => (said += chunk.toString());
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    await waitUntil(() => isReady(url, child), { withinMs: 60_000, what: "the server is ready" }).catch((error) => {
      child.kill("SIGKILL");
      throw new Error(`${String(error)}\n${said.slice(-2_000)}`);
    });
  }

  const stop = async (): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    return (await ended)[0] as number | null;
  };

  await start();
  return {
    url,
    port,
    log: () => said,
    workers: () => childrenOf(child.pid ?? 0),
    stop,
    start,
    end: async () => {
      const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
      await stop();
      clearTimeout(timer);
    },
  };
}

async function isReady(url: string, child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`);
  return fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Linux tells; elsewhere none are known. */
function childrenOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return children.split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
