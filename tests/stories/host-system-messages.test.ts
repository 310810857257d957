import type { SendMessageInput } from "@parley/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/start-server.ts";
import { conversationOf, openWindow, shown } from "../support/views.ts";
import { waitUntil } from "../support/wait-until.ts";

describe("what the host says", () => {
  let server: TestServer;
  let id: string;
  let sent = 0;

  beforeAll(async () => {
    server = await startServer();
    const subject = { type: "order", id: "1", title: "A lamp" };
    const participants = [{ userId: "ana" }, { userId: "ben" }];
    ({ id } = (
      await server.asHost("openConversation", { body: { type: "order", subject, participants } })
    ).conversation);
  });
  afterAll(() => server.stop());

  const post = (input: Partial<SendMessageInput>, caller = server.asHost) => {
    const body = { clientMessageId: `${(sent += 1)}`, content: "Paid.", ...input };
    return caller.try("sendMessage", { params: { id }, body });
  };

  it("comes from nobody, is unread for all, and both see it", async () => {
    const clients = [await server.client("ana"), await server.client("ben")];
    for (const client of clients) await openWindow(client, id);
    expect(await post({ kind: "system" })).toMatchObject({ status: 201, body: { message: { senderId: null } } });
    for (const client of clients) {
      expect(await shown(client, id, "Paid.")).toMatchObject({ kind: "system", senderId: null });
      await waitUntil(() => conversationOf(client, id)?.unread === 1);
    }
  });

  it("may come in the name of somebody who takes part, for whom it is read", async () => {
    const reply = await post({ senderId: "ana", content: "From my mail." });
    expect(reply).toMatchObject({ status: 201, body: { message: { senderId: "ana", kind: "text" } } });
    const { conversation } = await server.asUser("ana")("getConversation", { params: { id } });
    expect(conversation.unread).toBe(0);
    expect(await post({ senderId: "stranger" })).toMatchObject({ status: 404 });
  });

  it("needs to say whose words they are", async () => {
    for (const input of [{}, { kind: "text" }, { kind: "system", senderId: "ana" }] as const) {
      expect(await post(input)).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    }
    const reply = await server.asHost.try("sendMessage", {
      params: { id: "01932c9f-7a4b-7000-8000-000000000000" },
      body: { clientMessageId: "x", content: "x", kind: "system" },
    });
    expect(reply.status).toBe(404);
  });

  it("is said by nobody else", async () => {
    const asAna = server.asUser("ana");
    expect(await post({ kind: "system" }, asAna)).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect(await post({ senderId: "ben" }, asAna)).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect(await post({ senderId: "ana" }, asAna)).toMatchObject({ status: 201 });
    const socket = await server.socket("ana");
    const input = { conversationId: id, clientMessageId: "s", content: "Paid." };
    expect(await socket.raw("message:send", { ...input, kind: "system" })).toMatchObject({
      error: { code: "forbidden" },
    });
    expect(await socket.raw("message:send", { ...input, senderId: "ben" })).toMatchObject({
      error: { code: "invalid_request" },
    });
  });
});
