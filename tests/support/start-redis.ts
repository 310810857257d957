import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { createClient } from "redis";
import { findProgram } from "../../scripts/find-programs.mjs";

/** Without a redis-server these tests are left out, except where they must run. */
export const withoutRedis: boolean = findProgram("redis") === null && process.env.CI === undefined;

/** A Redis of one's own that can be broken. */
export interface TestRedis {
  /** redis://127.0.0.1:<port>, with the password where there is one. */
  readonly url: string;
  /** Takes connections and answers nothing until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends it at once. What it held is gone. */
  kill(): Promise<void>;
  /** Starts it again at the same port, empty. */
  restart(): Promise<void>;
  flushAll(): Promise<void>;
  /** Sends one command, as ["CONFIG", "SET", "maxmemory", "1"]. */
  command(args: readonly string[]): Promise<unknown>;
  stop(): Promise<void>;
}

const WAIT_MS = 10_000;

/**
 * Starts redis-server on a loopback port, keeping nothing on the disk.
 * @param args more settings, as ["--requirepass", "secret"]
 */
export async function startRedis(args: readonly string[] = []): Promise<TestRedis> {
  const port = await freePort();
  const password = args[args.indexOf("--requirepass") + 1];
  const login = args.includes("--requirepass") ? `:${password}@` : "";
  const url = `redis://${login}127.0.0.1:${port}`;
  let child = await launch(port, url, args);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, "exit");
    child.kill("SIGKILL");
    await closed;
  };
  const endWithUs = () => child.kill("SIGKILL");
  process.once("exit", endWithUs);
  return {
    url,
    pause: () => child.kill("SIGSTOP"),
    resume: () => child.kill("SIGCONT"),
    kill,
    restart: async () => {
      await kill();
      child = await launch(port, url, args);
    },
    flushAll: async () => {
      await command(url, ["FLUSHALL"]);
    },
    command: (words) => command(url, words),
    stop: async () => {
      process.off("exit", endWithUs);
      await kill();
    },
  };
}

async function launch(port: number, url: string, args: readonly string[]): Promise<ChildProcess> {
  const program = findProgram("redis");
  if (program === null) throw new Error("There is no redis-server on this machine.");
  const settings = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", ...args];
  const child = spawn(program, settings, { stdio: "ignore" });
  const end = performance.now() + WAIT_MS;
  while (performance.now() < end) {
    if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}.`);
    try {
      await command(url, ["PING"]);
      return child;
    } catch {
      await delay(20);
    }
  }
  child.kill("SIGKILL");
  throw new Error(`redis-server did not answer within ${WAIT_MS} ms.`);
}

async function command(url: string, words: readonly string[]): Promise<unknown> {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  client.on("error", () => {});
  await client.connect();
  try {
    return await client.sendCommand([...words]);
  } finally {
    client.destroy();
  }
}

/** A port that was free a moment ago; below those that the system gives to outgoing connections would be surer, and rarer. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
