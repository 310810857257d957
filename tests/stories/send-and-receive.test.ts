import type { ChatClient } from "@parley/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/start-server.ts";
import { conversationOf, openWindow, say, shown, textsOf } from "../support/views.ts";
import { waitUntil } from "../support/wait-until.ts";

describe("Ana and Ben", () => {
  let server: TestServer;
  let ana: ChatClient;
  let ben: ChatClient;
  let id: string;

  beforeAll(async () => {
    server = await startServer();
    ana = await server.client("ana");
    ben = await server.client("ben");
    ({ id } = await ana.conversations.open({ type: "direct", participants: [{ userId: "ben" }] }));
    await openWindow(ana, id);
    await openWindow(ben, id);
  });
  afterAll(() => server.stop());

  it("read each other's messages, in the same order", async () => {
    await say(ana, id, "Is the lamp still for sale?");
    await shown(ben, id, "Is the lamp still for sale?");
    await say(ben, id, "It is.");
    await shown(ana, id, "It is.");
    expect(textsOf(ana, id)).toEqual(["Is the lamp still for sale?", "It is."]);
    expect(ben.store.getState().messages.get(id)?.items).toEqual(ana.store.getState().messages.get(id)?.items);
    expect(textsOf(ana, id)).toEqual(
      (await server.asUser("ben")("listMessages", { params: { id } })).messages.map((m) => m.content),
    );
  });

  it("see what is unread, delivered and read", async () => {
    const { seq } = await say(ana, id, "I would take it.");
    await waitUntil(() => conversationOf(ben, id)?.unread === 1);
    expect(ben.store.getState().unreadTotal).toBe(1);
    expect(conversationOf(ana, id)?.unread).toBe(0);
    const bensPositions = () => conversationOf(ana, id)?.participants.find(({ user }) => user.id === "ben");
    await waitUntil(() => bensPositions()?.deliveredSeq === seq, { what: "it is shown as delivered" });
    expect(bensPositions()?.readSeq).toBe(seq - 1);
    await ben.receipts.read(id, seq);
    await waitUntil(() => bensPositions()?.readSeq === seq, { what: "it is shown as read" });
    expect(conversationOf(ben, id)?.unread).toBe(0);
  });

  it("see a message change, and go", async () => {
    const { id: messageId } = await say(ana, id, "For 20?");
    await shown(ben, id, "For 20?");
    await ana.messages.edit(messageId, "For 25?");
    expect((await shown(ben, id, "For 25?")).editedAt).not.toBeNull();
    await ana.messages.delete(messageId);
    const tombstone = await waitUntil(() =>
      ben.store
        .getState()
        .messages.get(id)
        ?.items.find((message) => message.id === messageId && message.deletedAt),
    );
    expect(tombstone.content).toBeNull();
  });

  it("see each other type", async () => {
    const endAna = ana.conversations.join(id);
    const endBen = ben.conversations.join(id);
    const isTyping = () => ana.store.getState().typing.get(id)?.has("ben") === true;
    await waitUntil(() => (ben.typing.start(id), isTyping()), { what: "Ana sees Ben type" });
    ben.typing.stop(id);
    await waitUntil(() => !isTyping(), { what: "Ana sees Ben stop" });
    endAna();
    endBen();
  });

  it("see who is here", async () => {
    const carl = await server.client("carl");
    await carl.conversations.open({ type: "direct", participants: [{ userId: "ana" }] });
    const { id: withCarl } = await ana.conversations.open({ type: "direct", participants: [{ userId: "carl" }] });
    ana.conversations.join(withCarl);
    await waitUntil(() => ana.store.getState().presence.get("carl")?.status === "online");
    await carl.close();
    await waitUntil(() => ana.store.getState().presence.get("carl")?.status === "offline", { withinMs: 12_000 });
    expect(ana.store.getState().presence.get("carl")?.lastSeenAt).not.toBeNull();
  });
});
