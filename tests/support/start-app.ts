import { SignJWT } from "jose";
import { io as connect, type Socket } from "socket.io-client";
import { type App, createApp } from "../../apps/server/src/app.ts";
import { mergeConversationTypes } from "../../apps/server/src/platform/conversation-types.ts";
import { createLogger } from "../../apps/server/src/platform/logger.ts";
import { createTestDatabase } from "./database.ts";

const JWT_SECRET = "a secret that only tests know, long enough";
const SECRET_KEY = "the-hosts-key-in-tests-long-enough";

export type TestApp = Awaited<ReturnType<typeof startApp>>;

/** The whole server on a database of its own, and on any free port. */
export async function startApp() {
  const database = await createTestDatabase();
  const app: App = await createApp({
    config: {
      port: 0,
      host: "127.0.0.1",
      publicUrl: "http://localhost:3000",
      dataDir: "/nowhere",
      databaseUrl: null,
      migrationDatabaseUrl: null,
      replicaUrls: [],
      redisUrl: null,
      workers: 1,
      demo: false,
      auth: { jwtSecret: JWT_SECRET, jwksUrl: null, audience: null, issuer: null, secretKey: SECRET_KEY },
      allowedOrigins: [],
      logLevel: "silent",
      conversationTypes: mergeConversationTypes([]),
    },
    databaseUrl: database.url,
    logger: createLogger("silent"),
  });
  await app.listen();
  const sockets: Socket[] = [];

  return {
    app,
    database,
    /** A token of that person; it ends after a minute, or when told. */
    token: (userId: string, endsAt = Date.now() + 60_000): Promise<string> =>
      new SignJWT({})
        .setProtectedHeader({ alg: "HS256" })
        .setSubject(userId)
        .setExpirationTime(Math.floor(endsAt / 1_000))
        .sign(new TextEncoder().encode(JWT_SECRET)),
    /** The host asks, with its key. */
    host: async (method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> => {
      const response = await fetch(app.url + path, {
        method,
        headers: {
          authorization: `Bearer ${SECRET_KEY}`,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    },
    /** A client that has not connected yet. */
    client: (token: string): Socket => {
      const socket = connect(app.url, {
        transports: ["websocket"],
        forceNew: true,
        reconnection: false,
        auth: { token },
      });
      sockets.push(socket);
      return socket;
    },
    stop: async () => {
      for (const socket of sockets) socket.disconnect();
      await app.close();
      await database.drop();
    },
  };
}
