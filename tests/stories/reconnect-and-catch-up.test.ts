import { isDeepStrictEqual } from "node:util";
import type { ChatClient } from "@parley/client";
import type { Message } from "@parley/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lastingParts } from "../support/lasting-parts.ts";
import { isConnected, startServer, type TestServer } from "../support/start-server.ts";
import { type Relay, startRelay } from "../support/start-relay.ts";
import { conversationOf, messagesOf, openWindow, textsOf } from "../support/views.ts";
import { waitUntil } from "../support/wait-until.ts";

const open = async (server: TestServer, title: string, participants = ["ana", "ben", "carl"]) => {
  const body = { type: "group", title, participants: participants.map((userId) => ({ userId })) };
  return (await server.asHost("openConversation", { body })).conversation.id;
};

const send = async (server: TestServer, userId: string, id: string, content: string, more = {}) => {
  const body = { clientMessageId: `${id} ${content}`, content, ...more };
  return (await server.asUser(userId)("sendMessage", { params: { id }, body })).message;
};

describe("a client that comes back", () => {
  let server: TestServer;
  let relay: Relay;
  /** Of the same person: one loses its connection, the other never does. */
  let away: ChatClient;
  let present: ChatClient;
  const ids = { busy: "", quiet: "", lost: "", fresh: "", changed: "" };

  beforeAll(async () => {
    server = await startServer();
    relay = await startRelay(server.url);
    for (const name of ["busy", "quiet", "lost", "changed"] as const) ids[name] = await open(server, name);
    for (let n = 1; n <= 60; n += 1) await send(server, "ben", ids.busy, `before ${n}`);
    await send(server, "ben", ids.quiet, "nothing happens here");
    await send(server, "ben", ids.lost, "nobody will read this");
    present = await server.client("ana");
    away = await server.client("ana", { url: relay.url });
    for (const client of [present, away]) {
      for (const id of [ids.busy, ids.quiet, ids.lost]) await openWindow(client, id);
      await client.messages.loadPins(ids.busy);
    }
  });
  afterAll(async () => {
    await server.stop();
    await relay.stop();
  });

  it("ends in the state of one that was never away, and of a fresh fetch", async () => {
    relay.cut();
    await waitUntil(() => !isConnected(away), { what: "the loss is noticed" });
    await muchHappens();
    const seen = conversationOf(away, ids.busy);
    expect(seen?.lastSeq).toBe(60);

    relay.mend();
    await waitUntil(() => isConnected(away), { what: "it is back", withinMs: 30_000 });
    await server.client("ana").then((fresh) => openAll(fresh).then(() => expectSame(fresh)));

    expect(conversationOf(away, ids.lost)).toBeUndefined();
    expect(away.store.getState().messages.has(ids.lost)).toBe(false);
    expect(conversationOf(away, ids.fresh)?.title).toBe("fresh");
    expect(conversationOf(away, ids.changed)).toMatchObject({ status: "locked", title: "renamed" });
    expect(conversationOf(away, ids.busy)?.lastSeq).toBe(360);
    const texts = textsOf(away, ids.busy);
    expect(texts).toContain("missed 300");
    expect(texts.filter((text) => text?.startsWith("edited"))).toHaveLength(40);
    expect(texts.filter((text) => text === null)).toHaveLength(15);
  });

  /** Every 20th answers a message that will be edited, deleted, or deleted and restored. */
  const answerTo = (n: number) => (n % 20 === 0 ? { replyToSeq: [2, 22, 28][(n / 20) % 3], mentions: ["ana"] } : {});

  async function muchHappens(): Promise<void> {
    const missed: Message[] = [];
    for (let n = 1; n <= 300; n += 20) {
      const some = Array.from({ length: 20 }, (_, index) => n + index);
      const sent = some.map((n) => send(server, n % 2 ? "ben" : "carl", ids.busy, `missed ${n}`, answerTo(n)));
      missed.push(...(await Promise.all(sent)));
    }
    const old = (await server.asUser("ana")("listMessages", { params: { id: ids.busy }, query: { before: 61 } }))
      .messages;
    // Messages that the client already showed change, as well as those that it never saw.
    const own = (messages: typeof old) => messages.filter(({ senderId }) => senderId === "ben");
    const [edited, deleted] = [own(old).slice(0, 20), own(old).slice(20, 30)];
    const ben = server.asUser("ben");
    for (const { id, seq } of [...edited, ...own(missed).slice(0, 20)]) {
      await ben("editMessage", { params: { id }, body: { content: `edited ${seq}` } });
    }
    for (const { id } of [...deleted, ...own(missed).slice(20, 30)]) await ben("deleteMessage", { params: { id } });
    for (const { id } of deleted.slice(0, 5)) await ben("restoreMessage", { params: { id } });
    for (const { id } of [...old.slice(35, 45), ...missed.slice(100, 110)]) {
      for (const userId of ["ben", "carl"]) {
        await server.asUser(userId)("addReaction", { params: { id }, body: { emoji: "👍" } });
      }
    }
    for (const { id } of [...old.slice(40, 43), ...missed.slice(100, 103)]) await ben("pinMessage", { params: { id } });
    await ben("unpinMessage", { params: { id: old[41]?.id ?? "" } });
    await server.asHost("removeParticipant", { params: { id: ids.lost, userId: "ana" } });
    await send(server, "ben", ids.lost, "now that she is gone");
    ids.fresh = await open(server, "fresh");
    await send(server, "ben", ids.fresh, "welcome");
    await server.asHost("changeConversation", {
      params: { id: ids.changed },
      body: { status: "locked", title: "renamed" },
    });
    await server.asHost("addParticipant", { params: { id: ids.changed }, body: { userId: "dora", role: "admin" } });
    await server.asHost("removeParticipant", { params: { id: ids.changed, userId: "carl" } });
    await server.asUser("ben")("markRead", { params: { id: ids.quiet }, body: { seq: 1 } });
    await server.asUser("carl")("markRead", { params: { id: ids.quiet }, body: { seq: 1 } });
  }

  const openAll = async (client: ChatClient) => {
    for (const id of [ids.busy, ids.quiet]) await openWindow(client, id);
  };

  /** All three tell the same, once the last receipts have arrived. */
  async function expectSame(fresh: ChatClient): Promise<void> {
    const same = () => [away, present].every((one) => isDeepStrictEqual(lastingParts(one), lastingParts(fresh)));
    await waitUntil(same).catch(() => undefined);
    expect(lastingParts(present)).toEqual(lastingParts(fresh));
    expect(lastingParts(away)).toEqual(lastingParts(fresh));
    expect(messagesOf(away, ids.busy)).toEqual(messagesOf(present, ids.busy));
    const { messages: pins } = await server.asUser("ana")("listPins", { params: { id: ids.busy } });
    expect(pins).toHaveLength(5);
    for (const client of [away, present]) expect(client.store.getState().pins.get(ids.busy)).toEqual(pins);
    expect(messagesOf(away, ids.busy).slice(-50)).toEqual(messagesOf(fresh, ids.busy));
    const asAna = server.asUser("ana");
    const history = [];
    for (const before of [161, 261, 361]) {
      const query = { before, limit: 100 };
      history.push(...(await asAna("listMessages", { params: { id: ids.busy }, query })).messages);
    }
    expect(messagesOf(away, ids.busy).slice(-300)).toEqual(history);
    expect(lastingParts(away).unreadTotal).toBe((await asAna("getUnread")).total);
  }
});
