import { createHash, randomBytes } from "node:crypto";
import { renameSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withShortPath } from "./short-path.ts";

export interface Lock {
  release(): Promise<void>;
}

const NAME = "parley.lock";

/**
 * Makes this process the only one on the folder. The lock is a listening socket: the system ends it with the process,
 * however that dies, and no number of a dead process can be mistaken for a living one. It holds across containers that
 * share the folder. On Windows it is a named pipe.
 * @throws Error that names the other process
 */
export async function takeLock(home: string): Promise<Lock> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const server = await tryListen(home);
    if (server !== null) {
      if (attempt > 0) await confirmOwnership(home, server);
      return { release: () => closeLock(server, home) };
    }
    const holder = await findHolder(home, NAME);
    if (holder !== null) throw inUse(home, holder);
    await removeStale(home);
  }
  throw inUse(home, "");
}

function inUse(home: string, holder: string): Error {
  const who = holder === "" ? "Another Parley process" : `Another Parley process (pid ${holder})`;
  return new Error(`${who} is already using the database in ${home}. Stop it, or give this one another DATA_DIR.`);
}

/** Null when the address is taken, by a living process or by one that left its socket file behind. */
async function tryListen(home: string): Promise<Server | null> {
  const server = createServer((socket) => socket.on("error", () => {}).end(`${process.pid}`));
  server.unref();
  return atAddress(home, NAME, async (path) => {
    const failure = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      server.once("error", resolve);
      server.listen(path, () => resolve(null));
    });
    if (failure === null) return server;
    if (failure.code === "EADDRINUSE") return null;
    throw new Error(
      `No socket can be made in ${home} (${failure.code}). Choose a DATA_DIR on a local disk that this user may write to.`,
      { cause: failure },
    );
  });
}

/** The pid of the process that holds the lock ("" when it does not say), null when nobody does. Asks twice. */
async function findHolder(home: string, name: string): Promise<string | null> {
  const first = await atAddress(home, name, ask);
  if (first !== null) return first;
  await sleep(50);
  return atAddress(home, name, ask);
}

function ask(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(path);
    socket.setEncoding("utf8").setTimeout(1000);
    socket.on("data", (chunk: string) => (answer += chunk));
    socket.on("end", () => resolve(answer));
    socket.on("timeout", () => socket.destroy());
    socket.on("error", ({ code }: NodeJS.ErrnoException) => {
      resolve(code === "ECONNREFUSED" || code === "ENOENT" ? null : "");
    });
    socket.on("close", () => resolve(answer));
  });
}

/** Takes a dead socket out of the way; puts it back when it turns out to be another process's fresh one. */
async function removeStale(home: string): Promise<void> {
  const aside = `${NAME}.${randomBytes(6).toString("hex")}`;
  try {
    renameSync(join(home, NAME), join(home, aside));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const holder = await findHolder(home, aside);
  if (holder === null) return rmSync(join(home, aside), { force: true });
  renameSync(join(home, aside), join(home, NAME));
  throw inUse(home, holder);
}

/** After a dead lock was replaced: a second process may have replaced it at the same moment; the file decides. */
async function confirmOwnership(home: string, server: Server): Promise<void> {
  const mine = statSync(join(home, NAME), { throwIfNoEntry: false })?.ino;
  await sleep(200);
  const now = statSync(join(home, NAME), { throwIfNoEntry: false })?.ino;
  if (now !== undefined && now === mine) return;
  server.close();
  throw inUse(home, "");
}

/** The file goes first: it is still ours. */
async function closeLock(server: Server, home: string): Promise<void> {
  if (process.platform !== "win32") rmSync(join(home, NAME), { force: true });
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

function atAddress<T>(home: string, name: string, use: (path: string) => Promise<T>): Promise<T> {
  if (process.platform !== "win32") return withShortPath(home, name, use);
  const hash = createHash("sha256").update(home.toLowerCase()).digest("hex").slice(0, 32);
  return use(`\\\\.\\pipe\\parley-${hash}-${basename(name)}`);
}
