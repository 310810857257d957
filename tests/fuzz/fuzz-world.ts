import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SignJWT } from "jose";
import { startEmbeddedPostgres } from "../../apps/server/src/platform/db/embedded/start-embedded-postgres.ts";
import { type CompiledServer, startCompiledServer } from "../support/compiled-server.ts";
import { createHttpCaller, type HttpCaller } from "../support/http-caller.ts";
import type { KnownIds } from "./values.ts";

const JWT_SECRET = "a secret for the tokens of the fuzz test";
export const SECRET_KEY = "the-server-key-of-the-fuzz-test";
/** So many that nobody runs out of a budget. */
const PEOPLE = Array.from({ length: 200 }, (_, n) => `person-${n + 1}`);

/** A compiled server on a database of its own, with some people and conversations. */
export interface FuzzWorld {
  readonly server: CompiledServer;
  readonly tokens: readonly string[];
  readonly ids: KnownIds;
  /** How many of the polling sessions are left without a word, 0 to 1. The server forgets them after ping interval and timeout. */
  readonly abandoned: number;
  readonly host: HttpCaller;
  as(userId: string): Promise<HttpCaller>;
  stop(): Promise<string>;
}

export const tokenOf = (userId: string, expires = "2h"): Promise<string> =>
  new SignJWT({ name: userId })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(userId)
    .setExpirationTime(expires)
    .sign(Buffer.from(JWT_SECRET));

export async function openFuzzWorld(abandoned: number): Promise<FuzzWorld> {
  const folder = mkdtempSync(join(tmpdir(), "parley-fuzz-"));
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  const config = join(folder, "parley.json");
  writeFileSync(config, JSON.stringify({ conversationTypes: { group: { messageRate: null } } }));
  const server = await startCompiledServer({
    DATABASE_URL: postgres.url,
    PARLEY_JWT_SECRET: JWT_SECRET,
    PARLEY_SECRET_KEY: SECRET_KEY,
    PARLEY_CONFIG: config,
    ALLOWED_ORIGINS: "https://shop.example",
    DATA_DIR: folder,
    LOG_LEVEL: "warn",
  });
  const caller = (token: string) =>
    createHttpCaller(
      () => server.url,
      async () => token,
    );
  const host = caller(SECRET_KEY);
  return {
    server,
    tokens: await Promise.all(PEOPLE.map((userId) => tokenOf(userId))),
    ids: await meet(host),
    abandoned,
    host,
    as: async (userId) => caller(await tokenOf(userId)),
    stop: async () => {
      const end = await server.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
      return end;
    },
  };
}

/** A conversation for each ten people, with some messages; all in one direct or another. */
async function meet(host: HttpCaller): Promise<KnownIds> {
  const conversationIds: string[] = [];
  const messageIds: string[] = [];
  for (let first = 0; first < PEOPLE.length; first += 10) {
    const participants = PEOPLE.slice(first, first + 10).map((userId) => ({ userId }));
    const { conversation } = await host("openConversation", { body: { type: "group", participants } });
    conversationIds.push(conversation.id);
    for (const { userId } of participants) {
      const body = { clientMessageId: crypto.randomUUID(), content: `Hello from ${userId}`, senderId: userId };
      const { message } = await host("sendMessage", { params: { id: conversation.id }, body });
      messageIds.push(message.id);
    }
  }
  return {
    conversationId: conversationIds,
    messageId: messageIds,
    id: [...conversationIds, ...messageIds.slice(0, 20), ...PEOPLE.slice(0, 20)],
    userId: PEOPLE,
    senderId: PEOPLE,
    type: ["group", "direct", "order", "support", "announcement"],
  };
}
