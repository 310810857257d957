import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ChatClient, createChatClient } from "@parley/client";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { createHttpCaller } from "../support/http-caller.ts";
import { startRedis, type TestRedis, withoutRedis } from "../support/start-redis.ts";
import { isConnected, SECRET_KEY, signToken } from "../support/start-server.ts";
import { openTestSocket, type TestSocket } from "../support/test-socket.ts";
import { messagesOf, openWindow } from "../support/views.ts";
import { waitUntil } from "../support/wait-until.ts";
import { type LaunchedNginx, launchNginx, withoutNginx } from "./launch-nginx.ts";
import { findSteadyPort } from "../support/find-steady-port.ts";
import { type LaunchedServer, launchServer } from "./launch-server.ts";

let folder: string;
let database: TestDatabase;
let redis: TestRedis;
let servers: readonly [LaunchedServer, LaunchedServer];
let nginx: LaunchedNginx;
let open: { close(): unknown }[] = [];

const keep = <Thing extends { close(): unknown }>(thing: Thing): Thing => {
  open.push(thing);
  return thing;
};

describe.skipIf(withoutNginx || withoutRedis)("two servers behind nginx", () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "parley-deploy-"));
    database = await createTestDatabase();
    redis = await startRedis();
    const config = join(folder, "parley.json");
    writeFileSync(config, JSON.stringify({ conversationTypes: { group: { messageRate: null } } }));
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, DATA_DIR: folder, PARLEY_CONFIG: config };
    servers = await Promise.all([launchServer(env), launchServer(env)]);
    nginx = await launchNginx(await findSteadyPort(), [servers[0].port, servers[1].port]);
  });
  afterEach(() => {
    for (const thing of open) thing.close();
    open = [];
  });
  afterAll(async () => {
    await nginx?.stop();
    await Promise.all((servers ?? []).map((server) => server.end()));
    await redis?.stop();
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("talk over WebSockets, which go to any of them", async () => {
    const people = Array.from({ length: 6 }, (_, n) => `ws-${n}`);
    const id = await openConversation(people);
    const sockets = await Promise.all(people.map((userId) => socketOf(userId, { transports: ["websocket"] })));
    await expectTheyTalk(id, people, sockets);
  });

  it("talk over long polling, which goes by the address", async () => {
    const people = Array.from({ length: 8 }, (_, n) => `polling-${n}`);
    const id = await openConversation(people);
    const transportsOf = (n: number) => (n % 2 === 0 ? ["polling"] : ["polling", "websocket"]);
    const sockets = await Promise.all(
      people.map((userId, n) => {
        const agent = new Agent({ localAddress: `127.0.0.${10 + n}` });
        return socketOf(userId, { transports: transportsOf(n), agent: agent as never });
      }),
    );
    await expectTheyTalk(id, people, sockets);
    const names = sockets.map(({ io }) => io.io.engine.transport.name);
    expect(names).toEqual(people.map((_, n) => transportsOf(n).at(-1)));
  });

  it("have not more connections from one address than they are to", async () => {
    const strict = keepRunning(
      await launchNginx(await findSteadyPort(), [servers[0].port, servers[1].port], {
        "limit_conn parley_addresses 500": "limit_conn parley_addresses 3",
      }),
    );
    const token = await signToken("crowd");
    const come = () => openTestSocket(strict.url, token, { transports: ["websocket"] });
    const sockets = [keep(await come()), keep(await come()), keep(await come())];
    await expect(come()).rejects.toThrow();
    expect((await fetch(`${strict.url}/healthz`)).status).toBe(429);
    sockets[0]?.close();
    await waitUntil(async () => (await fetch(`${strict.url}/healthz`)).ok, { what: "a place is free" });
  });

  it("are restarted one after the other under load, and no user notices", { timeout: 120_000 }, async () => {
    const people = Array.from({ length: 8 }, (_, n) => `rolling-${n}`);
    const ids = [await openConversation(people), await openConversation(people.slice(0, 4))];
    const clients = await Promise.all(people.map(clientOf));
    const writing = new AbortController();
    const sent: Sent[] = [];
    const writers = clients.map(async (client, who) => {
      const mine = ids.filter((_, index) => index === 0 || who < 4);
      for (const id of mine) await openWindow(client, id);
      for (let n = 0; !writing.signal.aborted; n += 1) {
        const id = mine[n % mine.length] ?? "";
        const { acknowledged } = await client.messages.send(id, `${people[who]} says ${n}`);
        sent.push({ id, text: `${people[who]} says ${n}`, outcome: follow(acknowledged) });
        await sleep(120);
      }
    });
    await waitUntil(() => sent.length > 100, { what: "messages flow" });
    for (const server of servers) {
      expect(await server.stop()).toBe(0);
      await sleep(1_000);
      await server.start();
      await sleep(1_500);
    }
    writing.abort();
    await Promise.all(writers);

    const outcomes = await Promise.all(sent.map(({ outcome }) => outcome));
    expect(outcomes.filter(({ error }) => error !== null)).toEqual([]);
    await waitUntil(() => clients.every(isConnected), { withinMs: 20_000, what: "everybody is connected" });
    for (const id of ids) {
      const expected = sent.filter((message) => message.id === id).map(({ text }) => text);
      const stored = await storedTexts(id);
      expect(stored.toSorted()).toEqual(expected.toSorted());
      for (const client of id === ids[0] ? clients : clients.slice(0, 4)) {
        const newest = stored.slice(-20);
        const shown = () =>
          messagesOf(client, id)
            .map(({ content }) => content)
            .slice(-20);
        await expect.poll(shown, { timeout: 20_000 }).toEqual(newest);
      }
    }
    const slowest = Math.max(...outcomes.map(({ tookMs }) => tookMs));
    console.log(`rolling restart: ${sent.length} messages, slowest acknowledged after ${Math.round(slowest)} ms`);
    expect(slowest).toBeLessThan(30_000);
    expect(servers.map((server) => server.log()).join("")).not.toMatch(/"level":(50|60)/);
  });
});

interface Sent {
  readonly id: string;
  readonly text: string;
  readonly outcome: Promise<{ error: unknown; tookMs: number }>;
}

async function follow(acknowledged: Promise<unknown>): Promise<{ error: unknown; tookMs: number }> {
  const startedAt = performance.now();
  const error = await acknowledged.then(
    () => null,
    (reason: unknown) => reason,
  );
  return { error, tookMs: performance.now() - startedAt };
}

function keepRunning(launched: LaunchedNginx): LaunchedNginx {
  open.push({ close: () => launched.stop() });
  return launched;
}

async function socketOf(userId: string, settings: Parameters<typeof openTestSocket>[2]): Promise<TestSocket> {
  return keep(await openTestSocket(nginx.url, await signToken(userId), settings));
}

async function clientOf(userId: string): Promise<ChatClient> {
  const client = keep(createChatClient({ url: nginx.url, token: () => signToken(userId) }));
  client.connect();
  await waitUntil(() => isConnected(client), { what: `${userId} is connected` });
  return client;
}

async function openConversation(userIds: readonly string[]): Promise<string> {
  const asHost = createHttpCaller(
    () => nginx.url,
    async () => SECRET_KEY,
  );
  const body = { type: "group", participants: userIds.map((userId) => ({ userId })) };
  return (await asHost("openConversation", { body })).conversation.id;
}

/** Each says something, all hear all, see each other, and neither server has them all. */
async function expectTheyTalk(id: string, people: readonly string[], sockets: readonly TestSocket[]): Promise<void> {
  for (const [n, socket] of sockets.entries()) {
    await socket.ask("message:send", { conversationId: id, clientMessageId: `m-${n}`, content: `from ${n}` });
  }
  for (const [n, socket] of sockets.entries()) {
    for (const [other, userId] of people.entries()) {
      await socket.heard("message:new", ({ content }) => content === `from ${other}`);
      if (other === n) continue;
      await socket.heard("presence:updated", (presence) => presence.userId === userId && presence.status === "online");
    }
  }
  const counts = await Promise.all(servers.map(({ url }) => countConnections(url)));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(sockets.length);
  expect(Math.min(...counts)).toBeGreaterThan(0);
}

async function countConnections(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^parley_connections (\d+)$/m.exec(metrics)?.[1]);
}

async function storedTexts(id: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  const query = "SELECT content FROM parley.messages WHERE conversation_id = $1 ORDER BY seq";
  const { rows } = await client.query<{ content: string }>(query, [id]);
  await client.end();
  return rows.map(({ content }) => content);
}
