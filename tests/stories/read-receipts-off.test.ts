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
    const conversation = await fetched(userId);
    const body = { versions: { [id]: conversation.version }, positions: { [id]: sumOf(conversation) } };
    expect(await server.asUser(userId)("sync", { body })).toMatchObject({ changes: [], receipts: [] });
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
