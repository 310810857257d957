import type { ChatClient } from "@parley/client";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { lastingParts } from "../support/lasting-parts.ts";
import { type Relay, startRelay } from "../support/start-relay.ts";
import { isConnected, startServer, type TestServer } from "../support/start-server.ts";
import { conversationOf, openWindow, say, shown, textsOf } from "../support/views.ts";
import { waitUntil } from "../support/wait-until.ts";

describe("a server that was restored from a backup", () => {
  let server: TestServer;
  /** Between the clients and the server. */
  let relay: Relay;
  /** Everything as it was when the backup was made. */
  let backup: string;
  let ana: ChatClient;
  let ben: ChatClient;
  const ids = { talk: "", quiet: "", later: "" };

  const open = async (title: string) => {
    const participants = ["ana", "ben"].map((userId) => ({ userId }));
    return (await server.asHost("openConversation", { body: { type: "group", title, participants } })).conversation.id;
  };
  const texts = (client: ChatClient) => textsOf(client, ids.talk);
  const back = () => waitUntil(() => [ana, ben].every(isConnected), { what: "both are back", withinMs: 30_000 });

  beforeAll(async () => {
    server = await startServer();
    relay = await startRelay(server.url);
    ids.talk = await open("talk");
    ids.quiet = await open("quiet");
    [ana, ben] = (await Promise.all(["ana", "ben"].map((userId) => server.client(userId, { url: relay.url })))) as [
      ChatClient,
      ChatClient,
    ];
    for (const client of [ana, ben]) {
      await openWindow(client, ids.talk);
      await openWindow(client, ids.quiet);
    }
    await say(ana, ids.quiet, "nothing happens here");
    for (const n of [1, 2, 3]) await say(ana, ids.talk, `before ${n}`);
    backup = `${new URL(server.database.url).pathname.slice(1)}_backup`;
    await server.halt();
    await copyDatabase(nameOf(server), backup);
    await server.start();
    await back();
  });
  afterAll(async () => {
    await server.stop();
    await relay.stop();
    await asAdmin(`DROP DATABASE IF EXISTS ${backup} WITH (FORCE)`);
  });

  /** As one would with pg_restore: the server stopped, the database gone, another one in its place. */
  const restore = async () => {
    await server.halt();
    await asAdmin(`DROP DATABASE ${nameOf(server)} WITH (FORCE)`);
    await copyDatabase(backup, nameOf(server));
  };

  it("heals clients that are ahead of it: what it forgot is gone, what comes now is shown, and sends go through", async () => {
    for (const n of [4, 5, 6]) await say(ben, ids.talk, `forgotten ${n}`);
    ids.later = await open("opened after the backup");
    await openWindow(ana, ids.later);
    await shown(ana, ids.talk, "forgotten 6");
    await ana.receipts.read(ids.talk, 6);
    await restore();
    await server.start();
    await back();

    await waitUntil(() => texts(ana).length === 3, { what: "what was forgotten is gone" });
    for (const client of [ana, ben]) expect(texts(client)).toEqual(["before 1", "before 2", "before 3"]);
    expect(conversationOf(ana, ids.later)).toBeUndefined();
    expect(ana.store.getState().messages.has(ids.later)).toBe(false);
    expect(textsOf(ana, ids.quiet)).toEqual(["nothing happens here"]);

    await say(ben, ids.talk, "after it");
    await shown(ana, ids.talk, "after it");
    expect(conversationOf(ana, ids.talk)).toMatchObject({ lastSeq: 4, unread: 1 });
    await ana.receipts.read(ids.talk, 4);
    await waitUntil(() => ana.store.getState().unreadTotal === 0, { what: "all is read" });
    await expectSame();
  });

  it("heals a client that comes back when versions were given again already", async () => {
    for (const n of [5, 6]) await say(ben, ids.talk, `forgotten ${n}`);
    await shown(ana, ids.talk, "forgotten 6");
    relay.cut();
    await restore();
    await server.start();
    // As many versions as the clients hold, and more, before they are back.
    for (let n = 4; n <= 9; n += 1) {
      const body = { clientMessageId: `again ${n}`, content: `again ${n}`, senderId: "ben" };
      await server.asHost("sendMessage", { params: { id: ids.talk }, body });
    }
    relay.mend();
    await back();
    const expected = ["before 1", "before 2", "before 3", ...[4, 5, 6, 7, 8, 9].map((n) => `again ${n}`)];
    for (const client of [ana, ben]) {
      await waitUntil(() => texts(client).length === expected.length, { what: "all is there again" });
      expect(texts(client)).toEqual(expected);
    }
    await expectSame();
  });

  it("sends what was waiting to be sent", async () => {
    await restore();
    const waiting = await ana.messages.send(ids.talk, "written while it was away");
    await server.start();
    await back();
    expect(await waiting.acknowledged).toMatchObject({ seq: 4 });
    await shown(ben, ids.talk, "written while it was away");
    await expectSame();
  });

  /** Those who were here before hold what one who comes new holds. */
  async function expectSame(): Promise<void> {
    const fresh = await server.client("ana");
    await openWindow(fresh, ids.talk);
    await openWindow(fresh, ids.quiet);
    await waitUntil(() => JSON.stringify(lastingParts(ana)) === JSON.stringify(lastingParts(fresh)), {
      what: "the old client holds what a new one does",
    }).catch(() => expect(lastingParts(ana)).toEqual(lastingParts(fresh)));
    await fresh.close();
  }
});

const nameOf = (server: TestServer): string => new URL(server.database.url).pathname.slice(1);

async function copyDatabase(from: string, to: string): Promise<void> {
  await asAdmin(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${from}'`,
    `CREATE DATABASE ${to} TEMPLATE ${from} OWNER parley`,
  );
}

async function asAdmin(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: inject("adminUrl") });
  await client.connect();
  try {
    for (const text of statements) await client.query(text);
  } finally {
    await client.end();
  }
}
