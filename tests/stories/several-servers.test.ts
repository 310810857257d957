import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { withoutRedis } from "../support/start-redis.ts";
import { startServers, type TestServers } from "../support/start-servers.ts";
import type { TestSocket } from "../support/test-socket.ts";

/** Ana is connected to one server, Ben to the other, and both know the same conversation. */
describe.skipIf(withoutRedis)("people on different servers", () => {
  let servers: TestServers;
  let ana: TestSocket;
  let ben: TestSocket;
  let conversationId: string;
  let count = 0;

  beforeAll(async () => {
    servers = await startServers();
    ana = await servers.one.socket("ana");
    ben = await servers.other.socket("ben");
  });
  afterAll(() => servers.stop());
  beforeEach(async () => {
    const participants = [{ userId: "ana", role: "owner" as const }, { userId: "ben" }];
    const opened = await servers.one.asHost("openConversation", { body: { type: "group", participants } });
    conversationId = opened.conversation.id;
    const isIt = ({ id }: { id: string }) => id === conversationId;
    await Promise.all([ana.heard("conversation:new", isIt), ben.heard("conversation:new", isIt)]);
  });

  const send = (from: TestSocket, content: string) =>
    from.ask("message:send", { conversationId, clientMessageId: `message ${(count += 1)}`, content });
  const ofIt = (event: { conversationId: string }) => event.conversationId === conversationId;

  it("hear each other's messages, once and in order, with the unread numbers", async () => {
    for (const content of ["one", "two", "three"]) await send(ana, content);
    await ben.heard("message:new", (message) => ofIt(message) && message.content === "three");
    await ben.heard("unread:updated", (event) => ofIt(event) && event.unread === 3);
    const heard = ben.events.flatMap(({ name, payload }) =>
      name === "message:new" && ofIt(payload) ? [payload.content] : [],
    );
    expect(heard).toEqual(["one", "two", "three"]);
    const numbers = ana.events.filter(({ name, payload }) => name === "unread:updated" && ofIt(payload as never));
    expect(numbers).toEqual([]);
  });

  it("see edits, deletions and receipts", async () => {
    const { message } = await send(ana, "first");
    await ben.heard("message:new", ofIt);
    await ana.ask("message:edit", { messageId: message.id, content: "second" });
    await ben.heard("message:updated", (event) => event.content === "second");
    await ben.ask("receipt:read", { conversationId, seq: 1 });
    await ana.heard("receipt:updated", (event) => ofIt(event) && event.userId === "ben" && event.readSeq === 1);
    await ana.ask("message:delete", { messageId: message.id });
    await ben.heard("message:deleted", (event) => event.messageId === message.id);
  });

  it("have what they set for themselves on every server, and nobody else has", async () => {
    const { other } = servers;
    const anaElsewhere = await other.socket("ana");
    const params = { id: conversationId };
    const { preferences } = await servers.one.asUser("ana")("changePreferences", { params, body: { pinned: true } });
    expect(await anaElsewhere.heard("preferences:updated", ofIt)).toEqual({ conversationId, preferences });
    await other.asUser("ana")("changeSettings", { body: { readReceipts: false } });
    expect(await ana.heard("settings:updated")).toEqual({ readReceipts: false });
    const { message } = await send(ben, "read without telling");
    await servers.one.asUser("ana")("markRead", { params, body: { seq: message.seq } });
    await anaElsewhere.heard("receipt:updated", (event) => ofIt(event) && event.readSeq === message.seq);
    await send(ben, "later");
    await anaElsewhere.heard("message:new", (event) => ofIt(event) && event.content === "later");
    await other.asUser("ana")("changeSettings", { body: { readReceipts: true } });
    await ben.heard("receipt:updated", (event) => ofIt(event) && event.readSeq === message.seq);
    const reads = ben.events.flatMap(({ name, payload }) =>
      name === "receipt:updated" && ofIt(payload) && payload.userId === "ana" ? [payload.readSeq] : [],
    );
    expect(reads.filter((seq) => seq > 0)).toEqual([message.seq]);
    const names = ben.events.map(({ name }) => name);
    expect(names.filter((name) => name === "preferences:updated" || name === "settings:updated")).toEqual([]);
  });

  it("see each other typing while they have the conversation open, and not themselves on another device", async () => {
    const anaElsewhere = await servers.other.socket("ana");
    for (const socket of [ana, ben, anaElsewhere]) await socket.ask("conversation:join", { conversationId });
    await ana.ask("typing:start", { conversationId });
    await ben.heard("typing:updated", (event) => ofIt(event) && event.typing);
    await ana.ask("typing:stop", { conversationId });
    await ben.heard("typing:updated", (event) => ofIt(event) && !event.typing);
    expect(anaElsewhere.events.filter(({ name }) => name === "typing:updated")).toEqual([]);
    anaElsewhere.close();
  });

  it("share their own positions and unread numbers between their devices", async () => {
    const benElsewhere = await servers.one.socket("ben");
    await send(ana, "hello");
    await benElsewhere.heard("unread:updated", (event) => ofIt(event) && event.unread === 1);
    await ben.ask("receipt:read", { conversationId, seq: 1 });
    await benElsewhere.heard("unread:updated", (event) => ofIt(event) && event.unread === 0);
    benElsewhere.close();
  });

  it("hear who comes and goes and what changes, each as they see it", async () => {
    await send(ana, "before");
    await servers.other.asHost("addParticipant", { params: { id: conversationId }, body: { userId: "cleo" } });
    await ana.heard("participant:added", (event) => ofIt(event) && event.userId === "cleo");
    await servers.one.asHost("changeConversation", { params: { id: conversationId }, body: { title: "Renamed" } });
    const toBen = await ben.heard("conversation:updated", ({ id }) => id === conversationId);
    const toAna = await ana.heard("conversation:updated", ({ id }) => id === conversationId);
    expect([toBen.title, toBen.unread, toAna.unread]).toEqual(["Renamed", 1, 0]);
  });

  it("come back to a conversation on whichever server they are", async () => {
    const leave = { params: { id: conversationId, userId: "ben" } };
    await servers.one.asHost("removeParticipant", leave);
    await ben.heard("participant:removed", (event) => ofIt(event) && event.userId === "ben");
    await servers.one.asHost("addParticipant", { params: { id: conversationId }, body: { userId: "ben" } });
    await send(ana, "welcome back");
    await ben.heard("message:new", (message) => ofIt(message) && message.content === "welcome back");
    expect(await ben.ask("conversation:join", { conversationId })).toBeDefined();
  });
});
