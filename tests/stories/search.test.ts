import type { ChatClient } from "@parley/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/start-server.ts";
import { openWindow, say } from "../support/views.ts";
import { waitUntil } from "../support/wait-until.ts";

describe("Ana and Ben look for what was said", () => {
  let server: TestServer;
  let ana: ChatClient;
  let ben: ChatClient;
  let id: string;

  beforeAll(async () => {
    server = await startServer();
    ana = await server.client("ana");
    ben = await server.client("ben");
    ({ id } = await ana.conversations.open({ type: "group", participants: [{ userId: "ben" }, { userId: "carl" }] }));
    await openWindow(ana, id);
  });
  afterAll(() => server.stop());

  const texts = async (client: ChatClient, q: string) =>
    (await client.search({ q })).hits.map(({ message }) => message.content);
  /** The index follows behind the messages. */
  const soon = (client: ChatClient, q: string, expected: readonly string[]) =>
    waitUntil(async () => JSON.stringify(await texts(client, q)) === JSON.stringify(expected), {
      what: `${q} finds ${expected.join(", ") || "nothing"}`,
    });

  it("and find it in any of their conversations, by another form of the word, with the place to jump to", async () => {
    await say(ana, id, "Die Rechnungen kommen morgen.");
    const other = await ben.conversations.open({ type: "direct", participants: [{ userId: "ana" }] });
    await openWindow(ben, other.id);
    const { seq } = await say(ben, other.id, "Danke für die Rechnung!");
    await soon(ana, "rechnung", ["Danke für die Rechnung!", "Die Rechnungen kommen morgen."]);
    const { hits } = await ana.search({ q: "rechnung", conversationId: other.id });
    expect(hits.map(({ message }) => [message.conversationId, message.seq])).toEqual([[other.id, seq]]);
    expect(hits[0]?.excerpt.filter(({ hit }) => hit)).toEqual([{ text: "Rechnung", hit: true }]);
  });

  it("and find new words after an edit, nothing after a deletion, and it again when it was restored", async () => {
    const { id: messageId } = await say(ana, id, "A lamp of brass");
    await soon(ben, "brass", ["A lamp of brass"]);
    await ana.messages.edit(messageId, "A lamp of copper");
    expect(await texts(ben, "brass")).toEqual([]);
    await soon(ben, "copper", ["A lamp of copper"]);
    await ana.messages.delete(messageId);
    expect(await texts(ben, "copper")).toEqual([]);
    await ana.messages.restore(messageId);
    await soon(ben, "copper", ["A lamp of copper"]);
  });

  it("and whoever was removed finds nothing of it from that moment on, nor do others ever", async () => {
    await say(ana, id, "Under the oak");
    const carl = server.asUser("carl");
    await waitUntil(async () => (await carl("search", { query: { q: "oak" } })).hits.length === 1);
    await server.asHost("removeParticipant", { params: { id, userId: "carl" } });
    expect(await carl("search", { query: { q: "oak" } })).toEqual({ hits: [], nextCursor: null });
    expect(await carl.try("search", { query: { q: "oak", conversationId: id } })).toMatchObject({ status: 404 });
    expect(await server.asUser("stranger")("search", { query: { q: "oak" } })).toEqual({ hits: [], nextCursor: null });
  });

  it("and find what a crash of the server left out of the index", async () => {
    const { seq } = await say(ana, id, "Behind the mill");
    await soon(ben, "mill", ["Behind the mill"]);
    await server.sql("DELETE FROM message_words WHERE conversation_id = $1 AND seq = $2", [id, seq]);
    // As if it had come in a minute ago: what is younger stands in the queue of the process that took it.
    await server.sql(
      "UPDATE messages SET id = ('0190' || substr(id::text, 5))::uuid WHERE conversation_id = $1 AND seq = $2",
      [id, seq],
    );
    await server.sql("UPDATE words_swept SET until = '00000000-0000-0000-0000-000000000000'");
    await server.restart();
    await waitUntil(async () => (await server.asUser("ben")("search", { query: { q: "mill" } })).hits.length === 1);
  });
});

describe("who searches too often", () => {
  it("is told when to go on, for each type by itself", async () => {
    const server = await startServer({ conversationTypes: { order: { searchRate: { count: 2, seconds: 60 } } } });
    const participants = [{ userId: "ana" }];
    const body = { type: "order", subject: { type: "order", id: "1" }, participants };
    const { id } = (await server.asHost("openConversation", { body })).conversation;
    const ana = server.asUser("ana");
    for (const query of [{ q: "lamp" }, { q: "lamp", conversationId: id }]) {
      await ana("search", { query });
      await ana("search", { query });
      const { status, body } = await ana.try("search", { query });
      expect(status).toBe(429);
      expect(body).toMatchObject({ code: "rate_limited", retryable: true, retryAfterMs: expect.any(Number) });
    }
    await server.asUser("ben")("search", { query: { q: "lamp" } });
    await server.stop();
  });
});

describe("a bad question", () => {
  it("is refused", async () => {
    const server = await startServer();
    const ana = server.asUser("ana");
    const bad = [
      "",
      "q=",
      "q=a",
      `q=${"x".repeat(201)}`,
      "q=%20%20%20",
      "q=a%00b",
      "q=lamp&limit=0",
      "q=lamp&limit=51",
    ];
    bad.push("q=lamp&from=yesterday", "q=lamp&to=2026-13-01T00:00:00.000Z", "q=lamp&cursor=x", "q=lamp&more=1");
    for (const query of bad) {
      const { status, body } = await ana.raw("GET", `/api/search?${query}`);
      expect([query, status, (body as { code: string }).code]).toEqual([query, 400, "invalid_request"]);
    }
    for (const from of ["0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"]) {
      expect((await ana.try("search", { query: { q: "lamp", from, to: from } })).status).toBeLessThan(500);
    }
    await server.stop();
  });
});
