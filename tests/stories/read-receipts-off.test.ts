import { isDeepStrictEqual } from "node:util";
import type { ChatClient } from "@parley/client";
import type { Conversation, Receipt } from "@parley/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/start-server.ts";
import type { TestSocket } from "../support/test-socket.ts";
import { conversationOf, say } from "../support/views.ts";
import { waitUntil } from "../support/wait-until.ts";

type Positions = Pick<Receipt, "readSeq" | "deliveredSeq">;

describe("Ben, who does not tell what he has read", () => {
  let server: TestServer;
  let ana: ChatClient;
  let anasSocket: TestSocket;
  let bensSocket: TestSocket;
  let id: string;

  beforeAll(async () => {
    server = await startServer();
    const body = { type: "group", participants: [{ userId: "ana" }, { userId: "ben" }] };
    ({ id } = (await server.asHost("openConversation", { body })).conversation);
    ana = await server.client("ana");
    anasSocket = await server.socket("ana");
    bensSocket = await server.socket("ben");
    await waitUntil(() => conversationOf(ana, id), { what: "the conversation is known" });
    for (const text of ["one", "two", "three", "four"]) await say(ana, id, text);
    await read(1);
    await server.asUser("ben")("markDelivered", { params: { id }, body: { seq: 4 } });
    await server.asUser("ben")("changeSettings", { body: { readReceipts: false } });
  });
  afterAll(() => server.stop());

  const read = (seq: number) => server.asUser("ben")("markRead", { params: { id }, body: { seq } });
  const benIn = ({ participants }: Conversation): Positions => {
    const { readSeq = -1, deliveredSeq = -1 } = participants.find(({ user }) => user.id === "ben") ?? {};
    return { readSeq, deliveredSeq };
  };
  const sumOf = ({ participants }: Conversation) =>
    participants.reduce((sum, { readSeq, deliveredSeq }) => sum + readSeq + deliveredSeq, 0);
  const fetched = async (userId: string) =>
    (await server.asUser(userId)("getConversation", { params: { id } })).conversation;
  const told = ({ events }: TestSocket) =>
    events.flatMap(({ name, payload }) => (name === "receipt:updated" && payload.userId === "ben" ? [payload] : []));

  /** Where each way of asking shows Ben to this person. */
  async function everyView(userId: string): Promise<Positions[]> {
    const asUser = server.asUser(userId);
    const { conversations } = await asUser("listConversations");
    const all = await asUser("sync", { body: { versions: {} } });
    const { version } = await fetched(userId);
    const moved = await asUser("sync", { body: { versions: { [id]: version }, positions: { [id]: 0 } } });
    const receipt = moved.receipts.find((one) => one.userId === "ben");
    const views = [await fetched(userId), ...conversations, ...all.changes.map(({ conversation }) => conversation)];
    return [...views.map(benIn), { readSeq: receipt?.readSeq ?? -1, deliveredSeq: receipt?.deliveredSeq ?? -1 }];
  }
  const four = (positions: Positions) => Array.from({ length: 4 }, () => positions);

  /** Whoever holds what they were shown is told of no other positions. */
  async function expectSettled(userId: string): Promise<void> {
    const askAgain = async () => {
      const conversation = await fetched(userId);
      const body = { versions: { [id]: conversation.version }, positions: { [id]: sumOf(conversation) } };
      return server.asUser(userId)("sync", { body });
    };
    // What has just arrived is still being reported by Ana's client.
    await expect.poll(askAgain).toMatchObject({ changes: [], receipts: [] });
  }

  it("reads, and nobody else sees it move: not by an event, not by a fetch, not by a sync", async () => {
    const heardBefore = told(anasSocket).length;
    expect(await read(3)).toMatchObject({ unread: 1 });
    expect(await read(4)).toMatchObject({ unread: 0, total: 0 });
    await bensSocket.heard("receipt:updated", ({ readSeq }) => readSeq === 4);
    expect(await everyView("ana")).toEqual(four({ readSeq: 1, deliveredSeq: 4 }));
    expect(await everyView("ben")).toEqual(four({ readSeq: 4, deliveredSeq: 4 }));
    for (const userId of ["ana", "ben"]) await expectSettled(userId);
    // Not even that something was read: what Ana heard since is only what she sent herself.
    await say(ana, id, "five");
    await anasSocket.heard("message:new", ({ content }) => content === "five");
    expect(told(anasSocket).slice(heardBefore)).toEqual([]);
    expect(benIn(conversationOf(ana, id) as Conversation)).toEqual({ readSeq: 1, deliveredSeq: 4 });
  });

  it("is still seen to have got what arrived", async () => {
    await bensSocket.ask("receipt:delivered", { conversationId: id, seq: 5 });
    await anasSocket.heard("receipt:updated", (receipt) => receipt.userId === "ben" && receipt.deliveredSeq === 5);
    expect(told(anasSocket).at(-1)).toMatchObject({ readSeq: 1, deliveredSeq: 5 });
    await bensSocket.heard("receipt:updated", ({ readSeq, deliveredSeq }) => readSeq === 4 && deliveredSeq === 5);
    await server.asUser("ben")("markAllRead");
    await bensSocket.heard("receipt:updated", ({ readSeq }) => readSeq === 5);
    expect(await everyView("ana")).toEqual(four({ readSeq: 1, deliveredSeq: 5 }));
    expect(told(anasSocket).at(-1)).toMatchObject({ readSeq: 1, deliveredSeq: 5 });
  });

  it("keeps it from those who hear of him by a change of the conversation", async () => {
    await server.asHost("changeConversation", { params: { id }, body: { title: "Changed" } });
    expect(benIn(await anasSocket.heard("conversation:updated"))).toEqual({ readSeq: 1, deliveredSeq: 5 });
    expect(benIn(await bensSocket.heard("conversation:updated"))).toEqual({ readSeq: 5, deliveredSeq: 5 });
    await server.asHost("changeParticipant", { params: { id, userId: "ben" }, body: { role: "admin" } });
    expect(await anasSocket.heard("participant:added")).toMatchObject({ userId: "ben", readSeq: 1 });
  });

  it("shows by writing that he has read what was before", async () => {
    const body = { clientMessageId: "answer", content: "Answer" };
    const { message } = await server.asUser("ben")("sendMessage", { params: { id }, body });
    const { seq } = message;
    await waitUntil(() => conversationOf(ana, id)?.lastSeq === seq, { what: "Ana has the answer" });
    expect(benIn(conversationOf(ana, id) as Conversation)).toEqual({ readSeq: seq, deliveredSeq: seq });
    expect(await everyView("ana")).toEqual(four({ readSeq: seq, deliveredSeq: seq }));
    for (const userId of ["ana", "ben"]) await expectSettled(userId);
  });

  it("shows it again once he wants to", async () => {
    const { seq } = await say(ana, id, "And now?");
    await read(seq);
    expect(benIn(await fetched("ana")).readSeq).toBe(seq - 1);
    expect(await server.asUser("ben")("changeSettings", { body: { readReceipts: true } })).toEqual({
      settings: { readReceipts: true },
    });
    await bensSocket.heard("settings:updated", ({ readReceipts }) => readReceipts);
    await waitUntil(() => benIn(conversationOf(ana, id) as Conversation).readSeq === seq, { what: "Ana sees it" });
    expect(await everyView("ana")).toEqual(four({ readSeq: seq, deliveredSeq: seq }));
    expect((await server.asUser("ben")("getSettings")).settings).toEqual({ readReceipts: true });
    const frames = told(anasSocket).length;
    await server.asUser("ben")("changeSettings", { body: { readReceipts: true } });
    const next = await say(ana, id, "Good");
    await read(next.seq);
    await anasSocket.heard("receipt:updated", ({ userId, readSeq }) => userId === "ben" && readSeq === next.seq);
    expect(told(anasSocket)).toHaveLength(frames + 1);
    for (const userId of ["ana", "ben"]) await expectSettled(userId);
  });

  it("keeps his settings to himself", () => {
    expect(anasSocket.events.filter(({ name }) => name === "settings:updated")).toEqual([]);
  });
});

describe("Ana, who does not tell what she has read", () => {
  let server: TestServer;
  let ana: ChatClient;
  let anasSocket: TestSocket;
  let carlsSocket: TestSocket;
  let id: string;
  beforeAll(async () => {
    server = await startServer();
    const people = ["ana", "ben", "carl"].map((userId) => ({ userId }));
    const body = { type: "group", participants: people };
    ({ id } = (await server.asHost("openConversation", { body })).conversation);
    for (const content of ["one", "two", "three"]) await send("carl", content);
    await read("ben", 1);
    ana = await server.client("ana");
    anasSocket = await server.socket("ana");
    carlsSocket = await server.socket("carl");
    await waitUntil(() => benSeen(conversationOf(ana, id)) === 1, { what: "Ana sees what Ben has read" });
    await ana.settings.change({ readReceipts: false });
  });
  afterAll(() => server.stop());

  const send = (userId: string, content: string) =>
    server.asUser(userId)("sendMessage", { params: { id }, body: { clientMessageId: content, content } });
  const read = (userId: string, seq: number) => server.asUser(userId)("markRead", { params: { id }, body: { seq } });
  const positionOf = (userId: string, { participants }: Conversation) =>
    participants.find(({ user }) => user.id === userId);
  const benSeen = (conversation: Conversation | undefined) => conversation && positionOf("ben", conversation)?.readSeq;
  const fetched = async () => (await server.asUser("ana")("getConversation", { params: { id } })).conversation;
  const told = ({ events }: TestSocket) =>
    events.flatMap(({ name, payload }) => (name === "receipt:updated" && payload.userId === "ben" ? [payload] : []));

  /** Where each way of asking shows Ana what Ben has read. */
  async function everyView(): Promise<(number | undefined)[]> {
    const asAna = server.asUser("ana");
    const { conversations } = await asAna("listConversations");
    const { changes } = await asAna("sync", { body: { versions: {} } });
    const { version } = await fetched();
    const { receipts } = await asAna("sync", { body: { versions: { [id]: version }, positions: { [id]: 0 } } });
    const seen = [await fetched(), ...conversations, ...changes.map(({ conversation }) => conversation)].map(benSeen);
    return [...seen, receipts.find(({ userId }) => userId === "ben")?.readSeq];
  }

  /** What her client holds is what she would fetch, and the sums that it sends bring nothing more. */
  async function expectSettled(): Promise<void> {
    // Her client reports what has arrived a moment later: until then her own position moves.
    await expect
      .poll(async () => positionOf("ana", await fetched())?.deliveredSeq)
      .toBe(conversationOf(ana, id)?.lastSeq);
    await expect.poll(async () => isDeepStrictEqual(conversationOf(ana, id), await fetched())).toBe(true);
    const conversation = await fetched();
    const sum = conversation.participants.reduce((all, { readSeq, deliveredSeq }) => all + readSeq + deliveredSeq, 0);
    const body = { versions: { [id]: conversation.version }, positions: { [id]: sum } };
    expect(await server.asUser("ana")("sync", { body })).toMatchObject({ changes: [], receipts: [] });
  }

  it("is not told by the server what others have read, by whatever way she asks", async () => {
    expect(await everyView()).toEqual([0, 0, 0, 0]);
    expect(benSeen(conversationOf(ana, id))).toBe(0);
    await expectSettled();
    // Carl goes on seeing it.
    const { conversation } = await server.asUser("carl")("getConversation", { params: { id } });
    expect(benSeen(conversation)).toBe(1);
  });

  it("hears of no reading, only of what arrived", async () => {
    const before = told(anasSocket).length;
    await server.asUser("ben")("markDelivered", { params: { id }, body: { seq: 3 } });
    await read("ben", 2);
    await read("ben", 3);
    await carlsSocket.heard("receipt:updated", ({ userId, readSeq }) => userId === "ben" && readSeq === 3);
    await server.asHost("changeConversation", { params: { id }, body: { title: "Changed" } });
    expect(benSeen(await anasSocket.heard("conversation:updated"))).toBe(0);
    expect(benSeen(await carlsSocket.heard("conversation:updated"))).toBe(3);
    await server.asHost("changeParticipant", { params: { id, userId: "ben" }, body: { role: "admin" } });
    expect(await anasSocket.heard("participant:added")).toMatchObject({ userId: "ben", readSeq: 0, deliveredSeq: 3 });
    expect(await carlsSocket.heard("participant:added")).toMatchObject({ userId: "ben", readSeq: 3, deliveredSeq: 3 });
    expect(told(anasSocket).slice(before)).toEqual([
      { conversationId: id, userId: "ben", readSeq: 0, deliveredSeq: 3 },
    ]);
    await waitUntil(() => conversationOf(ana, id)?.title === "Changed");
    await expectSettled();
  });

  it("sees her own positions, and that others write", async () => {
    await send("ben", "four");
    await waitUntil(() => conversationOf(ana, id)?.lastSeq === 4, { what: "Ana has the message" });
    await read("ana", 4);
    await waitUntil(() => conversationOf(ana, id)?.unread === 0, { what: "Ana has read" });
    expect(positionOf("ana", await fetched())).toMatchObject({ readSeq: 4, deliveredSeq: 4 });
    await server.asUser("carl")("markAllRead");
    await expectSettled();
  });

  it("sees it again once she tells what she has read", async () => {
    await ana.settings.change({ readReceipts: true });
    await waitUntil(() => benSeen(conversationOf(ana, id)) === 4, { what: "Ana sees what Ben has read" });
    expect(await everyView()).toEqual([4, 4, 4, 4]);
    await expectSettled();
  });
});
