import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { waitUntil } from "./wait-until.ts";
import { findSteadyPort } from "./find-steady-port.ts";

const MAIN = fileURLToPath(new URL("../../apps/server/dist/main.js", import.meta.url));
const MEASURING = new URL("./answer-measurements.mjs", import.meta.url).href;

/** What the process holds after its garbage was collected; sizes in bytes. */
export interface Measurement {
  readonly heapUsed: number;
  readonly external: number;
  readonly rss: number;
  /** How many timers, sockets and so on keep it running, by Node's name of their kind. */
  readonly resources: Readonly<Record<string, number>>;
}

/** One life of the compiled server, as in production; nobody starts it again. */
export interface CompiledServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** What it has said so far. */
  log(): string;
  /** How it ended, null while it runs. */
  ended(): string | null;
  measure(): Promise<Measurement>;
  /** Stops it politely. Resolves to how it ended. */
  stop(): Promise<string>;
}

/** Starts the server on a free port, and resolves when it is ready. */
export async function startCompiledServer(env: Readonly<Record<string, string>>): Promise<CompiledServer> {
  if (!existsSync(MAIN)) throw new Error("The server has not been compiled. Run npm run build.");
  const port = await findSteadyPort();
  const child = spawn(process.execPath, ["--expose-gc", "--import", MEASURING, MAIN], {
    env: { ...process.env, ...env, PORT: String(port), HOST: "127.0.0.1" },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let said = "";
  child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  let end: string | null = null;
  const ending = once(child, "exit").then(([code, signal]) => (end = signal === null ? `exit ${code}` : `${signal}`));
  const url = `http://127.0.0.1:${port}`;
  await waitUntil(
    async () => {
      if (end !== null) throw new Error(`The server did not start: ${end}. It said:\n${said.slice(-2_000)}`);
      return fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    },
    { withinMs: 60_000, what: "the server is ready" },
  );
  return {
    url,
    port,
    pid: child.pid ?? 0,
    log: () => said,
    ended: () => end,
    measure: () => measure(child),
    stop: () => {
      child.kill("SIGTERM");
      return ending;
    },
  };
}

async function measure(child: ChildProcess): Promise<Measurement> {
  const answer = once(child, "message", { signal: AbortSignal.timeout(30_000) });
  child.send("measure");
  return (await answer)[0] as Measurement;
}
