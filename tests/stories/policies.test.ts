import type { ConversationStatus } from "@parley/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/start-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({
    conversationTypes: {
      chatty: { messageRate: { count: 3, seconds: 60 } },
      stone: { editWindowSeconds: 0 },
      pair: { maxParticipants: 2 },
    },
  });
});
afterAll(() => server.stop());

let sent = 0;
const send = (userId: string, id: string, content = "Hello") => {
  const body = { clientMessageId: `message-${(sent += 1)}`, content };
  return server.asUser(userId).try("sendMessage", { params: { id }, body });
};
const codeOf = async (reply: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await reply;
  return body.code ?? status;
};
const open = async (type: string) => {
  const participants = [
    { userId: "olga", role: "owner" as const },
    { userId: "adam", role: "admin" as const },
    { userId: "mia" },
  ];
  const subject = { type: "thing", id: `${(sent += 1)}` };
  return (await server.asHost("openConversation", { body: { type, subject, participants } })).conversation.id;
};
const setStatus = (id: string, status: ConversationStatus) =>
  server.asHost("changeConversation", { params: { id }, body: { status } });
const whoMayWrite = async (id: string) => ({
  owner: await codeOf(send("olga", id)),
  admin: await codeOf(send("adam", id)),
  member: await codeOf(send("mia", id)),
  host: await codeOf(
    server.asHost.try("sendMessage", {
      params: { id },
      body: { clientMessageId: `${(sent += 1)}`, content: "x", kind: "system" },
    }),
  ),
  hostForMember: await codeOf(
    server.asHost.try("sendMessage", {
      params: { id },
      body: { clientMessageId: `${(sent += 1)}`, content: "x", senderId: "mia" },
    }),
  ),
});

describe("the status of a conversation", () => {
  it("locked: only admins and the host write and change messages", async () => {
    const id = await open("project");
    const mias = (await send("mia", id)).body.message.id;
    const adams = (await send("adam", id)).body.message.id;
    await setStatus(id, "locked");
    expect(await whoMayWrite(id)).toEqual({
      owner: "conversation_locked",
      admin: 201,
      member: "conversation_locked",
      host: 201,
      hostForMember: 201,
    });
    const change = (userId: string, messageId: string) =>
      codeOf(server.asUser(userId).try("editMessage", { params: { id: messageId }, body: { content: "other" } }));
    const remove = (userId: string, messageId: string) =>
      codeOf(server.asUser(userId).try("deleteMessage", { params: { id: messageId } }));
    expect([await change("mia", mias), await remove("mia", mias)]).toEqual(Array(2).fill("conversation_locked"));
    expect([await change("adam", adams), await remove("adam", adams)]).toEqual([200, 200]);
    await setStatus(id, "active");
    expect(await change("mia", mias)).toBe(200);
  });

  it("archived: only the host writes; everybody still reads, and a repeat still succeeds", async () => {
    const id = await open("project");
    const body = { clientMessageId: "before", content: "before" };
    const first = await server.asUser("mia")("sendMessage", { params: { id }, body });
    await setStatus(id, "archived");
    expect(await whoMayWrite(id)).toEqual({
      owner: "conversation_archived",
      admin: "conversation_archived",
      member: "conversation_archived",
      host: 201,
      hostForMember: 201,
    });
    expect(await server.asUser("mia").try("sendMessage", { params: { id }, body })).toMatchObject({
      status: 200,
      body: first,
    });
    expect((await server.asUser("mia")("listMessages", { params: { id } })).messages).toHaveLength(3);
    expect((await server.asUser("mia")("markRead", { params: { id }, body: { seq: 3 } })).unread).toBe(0);
    const edit = server.asUser("mia").try("editMessage", { params: { id: first.message.id }, body: { content: "no" } });
    expect(await codeOf(edit)).toBe("conversation_archived");
  });

  it("is changed by owners, admins and the host, and told to all", async () => {
    const id = await open("project");
    const mia = await server.socket("mia");
    const change = (userId: string) =>
      codeOf(server.asUser(userId).try("changeConversation", { params: { id }, body: { status: "locked" } }));
    expect([await change("mia"), await change("adam"), await change("olga")]).toEqual(["forbidden", 200, 200]);
    await mia.heard(
      "conversation:updated",
      (conversation) => conversation.id === id && conversation.status === "locked",
    );
    const subject = { subject: { state: "paid" } };
    expect(await codeOf(server.asUser("olga").try("changeConversation", { params: { id }, body: subject }))).toBe(
      "forbidden",
    );
    const changed = await server.asHost("changeConversation", { params: { id }, body: subject });
    expect(changed.conversation.subject).toMatchObject({ type: "thing", state: "paid" });
  });
});

describe("the type of a conversation", () => {
  it("announcement: members only read", async () => {
    const id = await open("announcement");
    expect(await whoMayWrite(id)).toEqual({
      owner: 201,
      admin: 201,
      member: "writers_only",
      host: 201,
      hostForMember: 201,
    });
  });

  it("limits the length of texts, counted as people count", async () => {
    const id = await open("order");
    expect(await codeOf(send("mia", id, "é".repeat(2_000)))).toBe(201);
    expect(await codeOf(send("mia", id, "😀".repeat(2_000)))).toBe(201);
    expect(await codeOf(send("mia", id, "x".repeat(2_001)))).toBe("message_too_long");
    const { id: messageId } = (await send("mia", id, "short")).body.message;
    const edit = { params: { id: messageId }, body: { content: "x".repeat(2_001) } };
    expect(await codeOf(server.asUser("mia").try("editMessage", edit))).toBe("message_too_long");
    expect(await codeOf(send("mia", await open("project"), "x".repeat(5_000)))).toBe(201);
  });

  it("limits how often each person writes, and says when to come back", async () => {
    const id = await open("chatty");
    for (let n = 0; n < 3; n += 1) expect(await codeOf(send("mia", id))).toBe(201);
    const { status, body } = await send("mia", id);
    expect([status, body.code]).toEqual([429, "rate_limited"]);
    expect(body.retryAfterMs).toBeGreaterThan(0);
    expect(body.retryAfterMs).toBeLessThanOrEqual(60_000);
    const socket = await server.socket("mia");
    const input = { conversationId: id, clientMessageId: "over-the-socket", content: "Hello" };
    expect(await socket.raw("message:send", input)).toMatchObject({ ok: false, error: { code: "rate_limited" } });
    expect(await codeOf(send("adam", id))).toBe(201);
    expect(await codeOf(send("mia", await open("project")))).toBe(201);
    // Whoever does not take part learns nothing by it.
    for (let n = 0; n < 5; n += 1) expect(await codeOf(send("eve", id))).toBe("not_found");
  });

  it("closes editing after its time, not deleting", async () => {
    const id = await open("stone");
    const { id: messageId } = (await send("mia", id)).body.message;
    const asMia = server.asUser("mia");
    const edit = asMia.try("editMessage", { params: { id: messageId }, body: { content: "other" } });
    expect(await codeOf(edit)).toBe("edit_window_closed");
    expect(await codeOf(asMia.try("deleteMessage", { params: { id: messageId } }))).toBe(200);
    const late = asMia.try("editMessage", { params: { id: messageId }, body: { content: "other" } });
    expect(await codeOf(late)).toBe("message_deleted");
  });

  it("limits how many take part, and who opens", async () => {
    const asMia = server.asUser("mia");
    const three = { type: "pair", participants: [{ userId: "a" }, { userId: "b" }] };
    expect(await codeOf(asMia.try("openConversation", { body: three }))).toBe("too_many_participants");
    const { conversation } = await asMia("openConversation", {
      body: { type: "pair", participants: [{ userId: "a" }] },
    });
    const third = { params: { id: conversation.id }, body: { userId: "b" } };
    expect(await codeOf(asMia.try("addParticipant", third))).toBe("too_many_participants");
    expect(await codeOf(server.asHost.try("addParticipant", third))).toBe("too_many_participants");
    const order = { type: "order", subject: { type: "o", id: "x" }, participants: [{ userId: "a" }] };
    expect(await codeOf(asMia.try("openConversation", { body: order }))).toBe("forbidden");
    expect(await codeOf(asMia.try("openConversation", { body: { ...order, type: "none" } }))).toBe(
      "unknown_conversation_type",
    );
    const alone = { type: "direct", participants: [{ userId: "mia" }] };
    expect(await codeOf(asMia.try("openConversation", { body: alone }))).toBe("invalid_request");
    const noSubject = { type: "order", participants: [{ userId: "a" }] };
    expect(await codeOf(server.asHost.try("openConversation", { body: noSubject }))).toBe("invalid_request");
  });
});
