import { limits, type Message } from "@parley/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/start-server.ts";

describe("a reply", () => {
  let server: TestServer;
  let id: string;
  let count = 0;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    const body = { type: "group", participants: [{ userId: "ben" }, { userId: "cem" }] };
    ({ id } = (await server.asUser("ana")("openConversation", { body })).conversation);
  });

  async function send(userId: string, content: string, more: { replyToSeq?: number; mentions?: string[] } = {}) {
    const body = { clientMessageId: `m${(count += 1)}`, content, ...more };
    return (await server.asUser(userId)("sendMessage", { params: { id }, body })).message;
  }
  const history = async (): Promise<Message[]> =>
    (await server.asUser("cem")("listMessages", { params: { id } })).messages;
  const quoteOf = ({ id: messageId, seq, senderId }: Message, excerpt: string | null) => ({
    ...{ messageId, seq, senderId },
    excerpt,
  });

  it("carries the beginning of what it answers, on every way in and out", async () => {
    const ben = await server.socket("ben");
    const long = `👩‍👩‍👧 ${"ü".repeat(300)}`;
    const asked = await send("ana", long);
    const input = { conversationId: id, clientMessageId: "by socket", content: "Yes", replyToSeq: asked.seq };
    const { message } = await ben.ask("message:send", input);
    expect(message.replyTo).toEqual(quoteOf(asked, [...long].slice(0, limits.quoteLength).join("")));
    expect(await ben.heard("message:new", ({ id: messageId }) => messageId === message.id)).toEqual(message);
    expect((await ben.ask("message:send", input)).message).toEqual(message);
    expect((await history()).at(-1)).toEqual(message);
    const { conversations } = await server.asUser("cem")("listConversations");
    expect(conversations.find((conversation) => conversation.id === id)?.lastMessage).toEqual(message);
    const { changes } = await server.asUser("cem")("sync", { body: { versions: { [id]: asked.version } } });
    expect(changes[0]?.messages).toEqual([message]);
    const other = await ben.raw("message:send", { ...input, replyToSeq: message.seq });
    expect(other).toMatchObject({ ok: false, error: { code: "client_message_id_reused" } });
  });

  it("to nothing is refused; to a deleted message or to the host itself it is not", async () => {
    const asked = await send("ana", "Secret");
    await expect(send("ben", "What?", { replyToSeq: asked.seq + 1 })).rejects.toThrow("reply_target_not_found");
    await server.asUser("ana")("deleteMessage", { params: { id: asked.id } });
    expect((await send("ben", "Gone?", { replyToSeq: asked.seq })).replyTo).toEqual(quoteOf(asked, null));
    const body = { clientMessageId: "host", content: "Paid", kind: "system" as const };
    const { message: told } = await server.asHost("sendMessage", { params: { id }, body });
    expect((await send("ben", "Fine", { replyToSeq: told.seq })).replyTo).toEqual(quoteOf(told, "Paid"));
  });

  it("follows the edits, the deletion and the return of what it answers, each as a change of its own", async () => {
    const ben = await server.socket("ben");
    const asked = await send("ana", "Monday?");
    const replies = [await send("ben", "Yes", { replyToSeq: 1 }), await send("cem", "No", { replyToSeq: 1 })];
    await send("ben", "Apart");
    const ana = server.asUser("ana");
    const params = { id: asked.id };
    const changes: [string | null, () => Promise<unknown>][] = [
      ["Tuesday?", () => ana("editMessage", { params, body: { content: "Tuesday?" } })],
      [null, () => ana("deleteMessage", { params })],
      ["Tuesday?", () => ana("restoreMessage", { params })],
    ];
    let version = 5;
    for (const [excerpt, change] of changes) {
      await change();
      const stored = await history();
      const [target, first, second, apart] = stored;
      expect(target).toMatchObject({ content: excerpt, version: version + 1 });
      expect([first?.replyTo, second?.replyTo]).toEqual([quoteOf(asked, excerpt), quoteOf(asked, excerpt)]);
      expect([first?.version, second?.version, apart?.version]).toEqual([version + 2, version + 3, 5]);
      expect(first).toMatchObject({ id: replies[0]?.id, content: "Yes", editedAt: null });
      const told = await ben.heard("message:updated", (message) => message.version === version + 3);
      expect(told).toEqual(second);
      await ben.heard("message:updated", (message) => message.version === version + 2);
      const { changes: since } = await server.asUser("cem")("sync", { body: { versions: { [id]: version } } });
      expect(since[0]?.messages).toEqual([target, first, second]);
      version += 3;
    }
    // The excerpt stays as it is: the replies have nothing to tell.
    await ana("editMessage", { params, body: { content: `Tuesday?${" ".repeat(300)}!` } });
    const long = version + 3;
    await ana("editMessage", { params, body: { content: `Tuesday?${" ".repeat(300)}?` } });
    expect((await history()).map((message) => message.version)).toEqual([long + 1, long - 1, long, 5]);
  });

  it("is one of very many: clients learn of all of them by holes, and none is missing", async () => {
    const client = await server.client("ben");
    await client.messages.load(id);
    const asked = await send("ana", "Who comes?");
    const replies = Array.from({ length: 250 }, (_, n) => send("ana", `Me ${n}`, { replyToSeq: asked.seq }));
    await Promise.all(replies);
    await server.asUser("ana")("deleteMessage", { params: { id: asked.id } });
    const { conversation } = await server.asUser("ben")("getConversation", { params: { id } });
    // The newest with the deletion, the others in steps behind it.
    expect(conversation.version).toBeLessThan(503);
    const versionHeld = () => client.store.getState().conversations.get(id)?.version;
    await expect.poll(versionHeld, { timeout: 10_000 }).toBe(503);
    const held = client.store.getState().messages.get(id)?.items ?? [];
    expect(held).toHaveLength(251);
    expect(held.slice(1).every(({ replyTo }) => replyTo?.excerpt === null)).toBe(true);
  });
});

describe("a mention", () => {
  it("names those who take part, each once; a tombstone names nobody", async () => {
    const server = await startServer();
    const body = { type: "group", participants: [{ userId: "ben" }, { userId: "cem" }] };
    const { id } = (await server.asUser("ana")("openConversation", { body })).conversation;
    const mentions = ["cem", "nobody", "ben", "cem"];
    const send = () =>
      server.asUser("ana")("sendMessage", {
        params: { id },
        body: { clientMessageId: "a", content: "@cem @ben", mentions },
      });
    const { message } = await send();
    expect(message.mentions).toEqual(["cem", "ben"]);
    await server.asUser("ana")("removeParticipant", { params: { id, userId: "cem" } });
    // A repeat is the first result, whoever has left since.
    expect((await send()).message).toEqual(message);
    const params = { id: message.id };
    expect((await server.asUser("ana")("deleteMessage", { params })).message.mentions).toEqual([]);
    expect((await server.asUser("ben")("listMessages", { params: { id } })).messages[0]?.mentions).toEqual([]);
    expect((await server.asUser("ana")("restoreMessage", { params })).message.mentions).toEqual(["cem", "ben"]);
    await server.stop();
  });
});
