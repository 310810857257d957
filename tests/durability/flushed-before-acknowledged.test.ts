import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "../../apps/server/src/platform/db/embedded/start-embedded-postgres.ts";
import { type CompiledServer, startCompiledServer } from "../support/compiled-server.ts";
import { databaseUrl } from "../support/database.ts";
import { createHttpCaller, type HttpCaller } from "../support/http-caller.ts";
import { JWT_SECRET, SECRET_KEY, signToken } from "../support/start-server.ts";
import { openTestSocket, type TestSocket } from "../support/test-socket.ts";
import { attachStrace, whyNotTraced } from "./attach-strace.ts";
import { flushedAt } from "./flushed-at.ts";
import { readCommits } from "./read-commits.ts";
import { readTrace } from "./read-trace.ts";

const reason = await whyNotTraced();
if (reason !== null) console.log(`Not tested that what is acknowledged was flushed: ${reason}.`);

const PEOPLE = ["anna", "ben", "carla", "david"];

describe.skipIf(reason !== null)("what is acknowledged was flushed", () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  let server: CompiledServer;
  let admin: pg.Client;
  let host: HttpCaller;
  let sockets: TestSocket[];
  let conversationIds: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "parley-durability-"));
    postgres = await startEmbeddedPostgres({ dataDir: folder });
    const config = join(folder, "parley.json");
    writeFileSync(config, JSON.stringify({ conversationTypes: { group: { messageRate: null } } }));
    server = await startCompiledServer({
      PARLEY_CONFIG: config,
      DATABASE_URL: postgres.url,
      PARLEY_JWT_SECRET: JWT_SECRET,
      PARLEY_SECRET_KEY: SECRET_KEY,
      DATA_DIR: folder,
      LOG_LEVEL: "warn",
    });
    admin = new pg.Client({ connectionString: databaseUrl(postgres.adminUrl, "parley") });
    await admin.connect();
    host = createHttpCaller(
      () => server.url,
      async () => SECRET_KEY,
    );
    sockets = await Promise.all(PEOPLE.map(async (name) => openTestSocket(server.url, await signToken(name))));
    conversationIds = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async () => {
        const participants = PEOPLE.map((userId) => ({ userId }));
        const { conversation } = await host("openConversation", { body: { type: "group", participants } });
        return conversation.id;
      }),
    );
  });
  afterEach(() => admin.query("DROP TRIGGER IF EXISTS careless ON parley.messages"));
  afterAll(async () => {
    for (const socket of sockets ?? []) socket.close();
    await admin?.end();
    await server?.stop();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Sends by the host, over HTTP. */
  const post = (conversationId: string, content: string) =>
    host("sendMessage", {
      params: { id: conversationId },
      body: { clientMessageId: crypto.randomUUID(), content, kind: "system" },
    });

  /** How many of these messages had left the server, in an answer or an event, before their commit was on the disk. */
  async function sentTooEarly(contents: readonly string[], send: () => Promise<void>): Promise<string[]> {
    const { rows: before } = await admin.query<{ at: string }>("SELECT pg_current_wal_insert_lsn()::text AS at");
    const file = join(folder, "trace");
    const trace = await attachStrace([postgres.pid, server.pid], file);
    try {
      await send();
    } finally {
      await trace.stop();
    }
    const calls = readTrace(readFileSync(file, "utf8"));
    const { rows } = await admin.query<{ content: string; xid: string }>(
      "SELECT content, xmin::text AS xid FROM parley.messages WHERE content = ANY($1)",
      [contents],
    );
    expect(rows).toHaveLength(contents.length);
    // Async commits reach the file a moment later.
    await admin.query("SELECT pg_switch_wal()");
    const commits = readCommits(join(folder, "postgres", "cluster"), before.at(0)!.at);
    return rows.flatMap(({ content, xid }) => {
      const commit = commits.get(Number(xid));
      const sentAt = calls.findIndex((call) => call.kind === "sent" && call.text.includes(content));
      if (commit === undefined || sentAt < 0) throw new Error(`Nothing is known of "${content}".`);
      return flushedAt(calls, commit) < sentAt ? [] : [content];
    });
  }

  /** Sends by a person, over a socket. */
  const say = (socket: TestSocket, conversationId: string, content: string) =>
    socket.ask("message:send", { conversationId, clientMessageId: crypto.randomUUID(), content });

  const texts = (kind: string, count: number) => Array.from({ length: count }, (_, n) => `${kind} ${n} of ${count}.`);

  it("by the call that is watched", async () => {
    const { rows } = await admin.query("SHOW wal_sync_method");
    expect(rows).toEqual([{ wal_sync_method: "fdatasync" }]);
  });

  it("for messages that come alone", async () => {
    const contents = texts("alone", 10);
    const early = await sentTooEarly(contents, async () => {
      for (const content of contents.slice(0, 5)) await post(conversationIds.at(0)!, content);
      for (const content of contents.slice(5)) await say(sockets.at(0)!, conversationIds.at(0)!, content);
    });
    expect(early).toEqual([]);
  });

  it("for batches under load, over HTTP and sockets", async () => {
    const contents = texts("together", 400);
    const early = await sentTooEarly(contents, async () => {
      const sends = contents.map((content, n) => {
        const conversationId = conversationIds.at(n % conversationIds.length)!;
        return n % 4 === 0
          ? post(conversationId, content)
          : say(sockets.at(n % sockets.length)!, conversationId, content);
      });
      await Promise.all(sends);
    });
    expect(early).toEqual([]);
  });

  it("and it would be noticed if not", async () => {
    await admin.query(
      `CREATE OR REPLACE FUNCTION parley.careless() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN PERFORM set_config('synchronous_commit', 'off', true); RETURN NULL; END $$`,
    );
    await admin.query(
      "CREATE TRIGGER careless AFTER INSERT ON parley.messages FOR EACH STATEMENT EXECUTE FUNCTION parley.careless()",
    );
    const contents = texts("carelessly", 10);
    const early = await sentTooEarly(contents, async () => {
      for (const content of contents) await post(conversationIds.at(0)!, content);
    });
    // PostgreSQL's writer, which flushes now and then, may come in time for one or another.
    expect(early.length).toBeGreaterThan(contents.length / 2);
  });
});
