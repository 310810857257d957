import { createSecretKey } from "node:crypto";
import { type ChatClient, type ChatClientOptions, createChatClient } from "@parley/client";
import type { ConversationTypePolicy } from "@parley/protocol";
import { SignJWT } from "jose";
import pg from "pg";
import type { ManagerOptions, SocketOptions } from "socket.io-client";
import { type App, createApp } from "../../apps/server/src/app.ts";
import type { Clock } from "../../apps/server/src/platform/clock.ts";
import { mergeConversationTypes } from "../../apps/server/src/platform/conversation-types.ts";
import { type Budgets, budgets as usualBudgets } from "../../apps/server/src/platform/limits/budgets.ts";
import { createLogger } from "../../apps/server/src/platform/logger.ts";
import { openTracing } from "../../apps/server/src/platform/tracing/open-tracing.ts";
import type { Tracing } from "../../apps/server/src/platform/tracing/tracing.ts";
import type { TracingSettings } from "../../apps/server/src/platform/tracing/tracing-settings.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { createHttpCaller, type HttpCaller } from "./http-caller.ts";
import { openTestSocket, type TestSocket } from "./test-socket.ts";
import { waitUntil } from "./wait-until.ts";

export const JWT_SECRET = "a-secret-for-tests-that-is-long-enough";
export const SECRET_KEY = "the-hosts-key-for-tests-long-enough";

interface StartOptions {
  /** Laid over the built-in types, which have no rates here. */
  conversationTypes?: Readonly<Record<string, Partial<ConversationTypePolicy>>>;
  clock?: Clock;
  /** Without a word nobody runs out of any. */
  budgets?: Partial<Budgets>;
  /** Another server's, to be one system with it; else one of its own. */
  database?: TestDatabase;
  redisUrl?: string;
  /** Streaming replicas of the database. */
  replicaUrls?: readonly string[];
  /** Pages of a host that may use it. */
  allowedOrigins?: readonly string[];
  /** Where it writes its traces. */
  traces?: TracingSettings;
}

interface TokenOptions {
  expiresInSeconds?: number;
  claims?: Record<string, unknown>;
}

type SocketSettings = Partial<ManagerOptions & SocketOptions> & { token?: string | null };

/** A whole server in this process, on a port and a database of its own. */
export interface TestServer {
  readonly url: string;
  readonly app: App;
  readonly database: TestDatabase;
  /** Warnings and errors that the server logged. */
  readonly complaints: Record<string, unknown>[];
  token(userId: string, options?: TokenOptions): Promise<string>;
  asUser(userId: string): HttpCaller;
  asHost: HttpCaller;
  asNobody: HttpCaller;
  /** Speaks HTTP with any token. */
  withToken(token: string): HttpCaller;
  socket(userId: string, settings?: SocketSettings): Promise<TestSocket>;
  /** A real client that is connected and has caught up. */
  client(userId: string, options?: Partial<ChatClientOptions>): Promise<ChatClient>;
  /** Looks behind the server's back, as the superuser. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Stops and starts again, same address, same database. */
  restart(): Promise<void>;
  /** Only the server: sockets and clients find nobody until `start`. */
  halt(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function startServer(options: StartOptions = {}): Promise<TestServer> {
  const database = options.database ?? (await createTestDatabase());
  const complaints: Record<string, unknown>[] = [];
  const admin = new pg.Pool({ connectionString: database.adminUrl, max: 4, options: "-c search_path=parley" });
  admin.on("error", () => {});
  const open: { close(): unknown }[] = [];
  const tracing = options.traces && (await openTracing(options.traces, { lost: () => {}, over: () => {} }));
  const given = { ...options, tracing };
  let app = await run(given, database, complaints, 0);
  const { url } = app;
  const port = Number(new URL(url).port);
  const start = async () => {
    app = await run(given, database, complaints, port);
  };
  const withToken = (token: () => Promise<string | null>) => createHttpCaller(() => url, token);
  const keep = <Thing extends { close(): unknown }>(thing: Thing): Thing => {
    open.push(thing);
    return thing;
  };
  return {
    url,
    get app() {
      return app;
    },
    database,
    complaints,
    token: signToken,
    asUser: (userId) => withToken(() => signToken(userId)),
    asHost: withToken(async () => SECRET_KEY),
    asNobody: withToken(async () => null),
    withToken: (token) => withToken(async () => token),
    socket: async (userId, { token, ...settings } = {}) =>
      keep(await openTestSocket(url, token === undefined ? await signToken(userId) : token, settings)),
    client: async (userId, settings = {}) => {
      const client = keep(createChatClient({ url, token: () => signToken(userId), ...settings }));
      client.connect();
      await waitUntil(() => isConnected(client), { what: `${userId} is connected` });
      return client;
    },
    sql: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await admin.query<Row>(text, values)).rows,
    restart: async () => {
      await app.close();
      await start();
    },
    halt: () => app.close(),
    start,
    stop: async () => {
      await Promise.all(open.map((thing) => thing.close()));
      await app.close();
      await tracing?.close();
      await admin.end();
      if (options.database === undefined) await database.drop();
    },
  };
}

export const isConnected = (client: ChatClient): boolean => client.store.getState().connection.status === "connected";

type RunOptions = StartOptions & { tracing: Tracing | undefined };

async function run(
  { conversationTypes = {}, clock, budgets = {}, redisUrl, replicaUrls = [], allowedOrigins = [], tracing }: RunOptions,
  database: TestDatabase,
  complaints: Record<string, unknown>[],
  port: number,
): Promise<App> {
  const noRates = [...mergeConversationTypes([]).keys()].map((name) => [name, { messageRate: null, searchRate: null }]);
  const plenty = Object.fromEntries(
    Object.entries(usualBudgets).map(([name, { seconds }]) => [name, { count: 1_000_000, seconds }]),
  );
  const app = await createApp({
    budgets: { ...plenty, ...budgets },
    config: {
      port,
      host: "127.0.0.1",
      publicUrl: "http://127.0.0.1",
      dataDir: "/nowhere",
      databaseUrl: database.url,
      migrationDatabaseUrl: null,
      replicaUrls,
      redisUrl: redisUrl ?? null,
      workers: 1,
      demo: true,
      auth: { jwtSecret: JWT_SECRET, jwksUrl: null, audience: null, issuer: null, secretKey: SECRET_KEY },
      allowedOrigins,
      logLevel: "warn",
      conversationTypes: mergeConversationTypes([
        { conversationTypes: Object.fromEntries(noRates) },
        { conversationTypes },
      ]),
    },
    databaseUrl: database.url,
    logger: createLogger("warn", {
      destination: { write: (line) => void complaints.push(JSON.parse(line)) },
      ...(tracing && { traceFields: () => tracing.logFields }),
    }),
    ...(clock && { clock }),
    tracing,
  });
  await app.listen();
  return app;
}

/** As a host signs for its users. */
export async function signToken(
  userId: string,
  { expiresInSeconds = 3_600, claims = {} }: TokenOptions = {},
): Promise<string> {
  const now = Date.now() / 1_000;
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(userId)
    .setIssuedAt(Math.floor(now))
    .setExpirationTime(now + expiresInSeconds)
    .sign(createSecretKey(JWT_SECRET, "utf8"));
}
