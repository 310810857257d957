import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { limits } from "@parley/protocol";
import { SignJWT } from "jose";
import type { BenchDatabase } from "./database.ts";
import type { Conversation } from "./drivers/driver.ts";
import { findFreePort } from "./free-port.ts";
import type { Target } from "./target.ts";
import { waitUntilListening } from "./wait-until-listening.ts";
import { keepChild, stopChild } from "./kept-children.ts";

const JWT_SECRET = "a secret for the tokens of the bench";
const SECRET_KEY = "the-server-key-of-the-bench";
const READY_WITHIN_MS = 30_000;

/** One server under load. */
export interface System extends Target {
  readonly name: string;
  /** Opens so many conversations of so many people each. */
  open(count: number, size: number): Promise<Conversation[]>;
  stop(): Promise<void>;
}

export const fileBeside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/** Runs TypeScript with node. */
export const TYPESCRIPT = ["--conditions=source", "--import", "tsx"] as const;

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
let people = 0;
/** Nobody takes part in two conversations. */
const newPeople = (size: number): string[] => numbers(size).map(() => `person-${people++}`);

const openWithoutAsking = async (count: number, size: number): Promise<Conversation[]> =>
  numbers(count).map(() => {
    const conversationId = randomUUID();
    return { conversationId, people: newPeople(size).map((id) => ({ id, token: conversationId })) };
  });

/** The floor below: TCP without any protocol. */
export async function startTcp(): Promise<System> {
  const server = await startServer([...TYPESCRIPT, fileBeside("tcp-server.ts")], {}, null);
  return { name: "tcp", driver: "bare-tcp", open: openWithoutAsking, ...server };
}

/** The floor: Socket.IO without a database. A token is the name of the conversation. */
export async function startEcho(): Promise<System> {
  const server = await startServer([...TYPESCRIPT, fileBeside("echo-server.ts")], {}, "/socket.io/");
  return { name: "echo", driver: "socket-io", open: openWithoutAsking, ...server };
}

export async function startNaive(database: BenchDatabase): Promise<System> {
  const env = { DATABASE_URL: database.url };
  const server = await startServer([...TYPESCRIPT, fileBeside("naive-server.ts")], env, "/socket.io/");
  const open = async (count: number, size: number) => {
    const { rows } = await database.run(
      "INSERT INTO naive.conversations SELECT gen_random_uuid() FROM generate_series(1, $1) RETURNING id",
      [count],
    );
    const opened = rows.map(({ id }) => ({
      conversationId: id as string,
      people: newPeople(size).map((id) => ({ id, token: id })),
    }));
    const members = opened.flatMap(({ conversationId, people }) => people.map(({ id }) => [conversationId, id]));
    await database.run(
      "INSERT INTO naive.participants (conversation_id, user_id) SELECT * FROM unnest($1::uuid[], $2::text[])",
      [members.map(([conversationId]) => conversationId), members.map(([, id]) => id)],
    );
    return opened;
  };
  return { name: "naive", driver: "socket-io", open, ...server };
}

/** In the form of production: compiled, one process. Only the message rate is off, by a configuration file. */
export async function startParley(database: BenchDatabase, nodeOptions: readonly string[] = []): Promise<System> {
  const config = join(database.folder, "parley.json");
  writeFileSync(
    config,
    JSON.stringify({ conversationTypes: { group: { messageRate: null, maxParticipants: 10_000 } } }),
  );
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
  const open = async (count: number, size: number) => {
    const opened: Conversation[] = [];
    for (let n = 0; n < count; n += 1) {
      const ids = newPeople(size);
      const conversationId = await openConversation(server.url, ids);
      opened.push({
        conversationId,
        people: await Promise.all(ids.map(async (id) => ({ id, token: await tokenOf(id) }))),
      });
    }
    return opened;
  };
  return { name: "parley", driver: "socket-io", open, ...server };
}

export const tokenOf = (userId: string): Promise<string> =>
  new SignJWT({})
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(userId)
    .setExpirationTime("12h")
    .sign(Buffer.from(JWT_SECRET));

/** As many as one call takes come with it, the others one after the other. */
async function openConversation(url: string, userIds: readonly string[]): Promise<string> {
  const all = userIds.map((userId) => ({ userId }));
  const participants = all.slice(0, limits.participantsPerOpen);
  const { conversation } = (await askHost(url, "conversations", { type: "group", participants })) as {
    conversation: { id: string };
  };
  for (const participant of all.slice(limits.participantsPerOpen)) {
    await askHost(url, `conversations/${conversation.id}/participants`, participant);
  }
  return conversation.id;
}

async function askHost(url: string, path: string, body: object): Promise<unknown> {
  const response = await fetch(`${url}/api/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${SECRET_KEY}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${path}: ${await response.text()}`);
  return response.json();
}

async function startServer(args: readonly string[], env: Readonly<Record<string, string>>, readyPath: string | null) {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_ENV: "production", ...env, PORT: String(port), HOST: "127.0.0.1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  keepChild(child);
  await (readyPath === null ? waitUntilListening(child, port) : waitUntilReady(child, `${url}${readyPath}`));
  return { url, pid: child.pid ?? 0, stop: () => stopChild(child) };
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
