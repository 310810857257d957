import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { SignJWT } from "jose";
import type { BenchDatabase } from "./database.ts";
import type { Pair } from "./load-job.ts";

const JWT_SECRET = "a secret for the tokens of the bench";
const SECRET_KEY = "the-server-key-of-the-bench";
const READY_WITHIN_MS = 30_000;

/** One server under load, with the pairs of people who write to it. */
export interface System {
  readonly name: "echo" | "parley" | "naive";
  readonly url: string;
  readonly pid: number;
  readonly pairs: readonly Pair[];
  stop(): Promise<void>;
}

export const fileBeside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/** Runs TypeScript with node. */
export const TYPESCRIPT = ["--conditions=source", "--import", "tsx"] as const;

const idOf = (pair: number, side: number): string => `person-${2 * pair + side}`;
const pairOf = (conversationId: string, [one, other]: readonly [string, string], tokens = [one, other]): Pair => ({
  conversationId,
  people: [
    { id: one, token: tokens[0] ?? one },
    { id: other, token: tokens[1] ?? other },
  ],
});
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

export async function startEcho(conversations: number): Promise<System> {
  const server = await startServer([...TYPESCRIPT, fileBeside("echo-server.ts")], {}, "/socket.io/");
  const pairs = numbers(conversations).map((pair) => {
    const id = `00000000-0000-7000-8000-${String(pair).padStart(12, "0")}`;
    return pairOf(id, [idOf(pair, 0), idOf(pair, 1)], [id, id]);
  });
  return { name: "echo", pairs, ...server };
}

export async function startNaive(conversations: number, database: BenchDatabase): Promise<System> {
  const { rows } = await database.run(
    "INSERT INTO naive.conversations SELECT gen_random_uuid() FROM generate_series(1, $1) RETURNING id",
    [conversations],
  );
  const pairs = rows.map(({ id }, pair) => pairOf(id as string, [idOf(pair, 0), idOf(pair, 1)]));
  const members = pairs.flatMap(({ conversationId, people }) => people.map(({ id }) => [conversationId, id] as const));
  await database.run(
    "INSERT INTO naive.participants (conversation_id, user_id) SELECT * FROM unnest($1::uuid[], $2::text[])",
    [members.map(([conversationId]) => conversationId), members.map(([, id]) => id)],
  );
  const env = { DATABASE_URL: database.url };
  const server = await startServer([...TYPESCRIPT, fileBeside("naive-server.ts")], env, "/socket.io/");
  return { name: "naive", pairs, ...server };
}

/** In the form of production: compiled, one process. Only the message rate is off, by a configuration file. */
export async function startParley(
  conversations: number,
  database: BenchDatabase,
  nodeOptions: readonly string[] = [],
): Promise<System> {
  const config = join(database.folder, "parley.json");
  writeFileSync(config, JSON.stringify({ conversationTypes: { group: { messageRate: null } } }));
  const env = {
    DATABASE_URL: database.url,
    PARLEY_JWT_SECRET: JWT_SECRET,
    PARLEY_SECRET_KEY: SECRET_KEY,
    PARLEY_CONFIG: config,
    DATA_DIR: database.folder,
    LOG_LEVEL: "warn",
  };
  const main = fileBeside("../apps/server/dist/main.js");
  const server = await startServer([...nodeOptions, main], env, "/readyz");
  const pairs: Pair[] = [];
  for (const pair of numbers(conversations)) {
    const ids = [idOf(pair, 0), idOf(pair, 1)] as const;
    pairs.push(pairOf(await openConversation(server.url, ids), ids, await Promise.all(ids.map(tokenOf))));
  }
  return { name: "parley", pairs, ...server };
}

const tokenOf = (userId: string): Promise<string> =>
  new SignJWT({})
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(userId)
    .setExpirationTime("12h")
    .sign(Buffer.from(JWT_SECRET));

async function openConversation(url: string, userIds: readonly string[]): Promise<string> {
  const response = await fetch(`${url}/api/conversations`, {
    method: "POST",
    headers: { authorization: `Bearer ${SECRET_KEY}`, "content-type": "application/json" },
    body: JSON.stringify({ type: "group", participants: userIds.map((userId) => ({ userId })) }),
  });
  if (!response.ok) throw new Error(`A conversation could not be opened: ${await response.text()}`);
  return ((await response.json()) as { conversation: { id: string } }).conversation.id;
}

async function startServer(args: readonly string[], env: Readonly<Record<string, string>>, readyPath: string) {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_ENV: "production", ...env, PORT: String(port), HOST: "127.0.0.1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await waitUntilReady(child, `${url}${readyPath}`);
  return { url, pid: child.pid ?? 0, stop: () => stopProcess(child) };
}

/** Any answer but a refusal of the moment will do: Socket.IO's path answers 400 to a plain request. */
async function waitUntilReady(child: ChildProcess, url: string): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until && child.exitCode === null) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    );
    if (status !== 0 && status < 500) return;
    await sleep(50);
  }
  throw new Error(`${child.spawnargs.at(-1)} did not start.`);
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}
