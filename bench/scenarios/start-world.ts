import { type ChildProcess, fork } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startEmbeddedPostgres } from "../../apps/server/src/platform/db/embedded/start-embedded-postgres.ts";

const JWT_SECRET = "a secret for the tokens of the scenarios";
const MAIN = fileURLToPath(new URL("../../apps/server/dist/main.js", import.meta.url));
const REPORTER = new URL("report-memory.mjs", import.meta.url).href;
const READY_WITHIN_MS = 30_000;

/** Bytes in use in the server, right after a garbage collection. */
export interface Memory {
  readonly rss: number;
  readonly heap: number;
  readonly external: number;
}

/** A PostgreSQL of its own and one Parley process, compiled, as in production; only the message rate is off. */
export interface World {
  readonly port: number;
  readonly serverPid: number;
  readonly postgresPid: number;
  /** As the superuser. */
  sql(text: string, values?: readonly unknown[]): Promise<pg.QueryResult>;
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "parley-world-"));
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  const port = await findFreePort();
  const server = await startServer(folder, postgres.url, port).catch(async (error: unknown) => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  // The server has brought the database up to date.
  const admin = new pg.Client({
    connectionString: postgres.adminUrl.replace(/\/postgres(?=\?|$)/, "/parley"),
    options: "-c search_path=parley",
  });
  await admin.connect();
  return {
    port,
    serverPid: server.pid ?? 0,
    postgresPid: postgres.pid,
    sql: (text, values = []) => admin.query(text, [...values]),
    memory: async () => {
      server.send("memory");
      const [memory] = (await once(server, "message")) as [Memory];
      return memory;
    },
    stop: async () => {
      server.kill("SIGTERM");
      if (server.exitCode === null) await once(server, "exit");
      await admin.end();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startServer(folder: string, databaseUrl: string, port: number): Promise<ChildProcess> {
  const config = join(folder, "parley.json");
  writeFileSync(
    config,
    JSON.stringify({ conversationTypes: { group: { messageRate: null, maxParticipants: 10_000 } } }),
  );
  const server = fork(MAIN, [], {
    execArgv: ["--expose-gc", "--import", REPORTER],
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      PARLEY_JWT_SECRET: JWT_SECRET,
      PARLEY_SECRET_KEY: "the-server-key-of-the-scenarios",
      PARLEY_CONFIG: config,
      DATA_DIR: folder,
      LOG_LEVEL: "error",
      HOST: "127.0.0.1",
      PORT: String(port),
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until && server.exitCode === null) {
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return server;
    await sleep(50);
  }
  throw new Error("The server did not start.");
}

/** A token of that person, good for a day. */
export function tokenFor(userId: string): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const now = Math.floor(Date.now() / 1_000);
  const signed = `${encode({ alg: "HS256" })}.${encode({ sub: userId, iat: now, exp: now + 86_400 })}`;
  return `${signed}.${createHmac("sha256", JWT_SECRET).update(signed).digest("base64url")}`;
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}
