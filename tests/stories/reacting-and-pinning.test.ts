import { limits, type Message } from "@parley/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../apps/server/src/platform/clock.ts";
import { startServer, type TestServer } from "../support/start-server.ts";

let server: TestServer;
let id: string;
let message: Message;
let count = 0;
let now = Date.now();
beforeAll(async () => {
  const conversationTypes = { gig: { messageRate: { count: 3, seconds: 60 } } };
  server = await startServer({ conversationTypes, clock: { ...systemClock, now: () => now } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  now = Date.now();
  id = await open("project");
  message = await send("Look");
});

async function open(type: string): Promise<string> {
  const participants = [
    { userId: "ana", role: "owner" as const },
    { userId: "ben" },
    { userId: "cem", role: "admin" as const },
  ];
  const body = { type, subject: { type: "thing", id: `${(count += 1)}` }, participants };
  return (await server.asHost("openConversation", { body })).conversation.id;
}
async function send(content: string, to = id): Promise<Message> {
  const body = { clientMessageId: `m${(count += 1)}`, content, senderId: "ana" };
  return (await server.asHost("sendMessage", { params: { id: to }, body })).message;
}
const react = (userId: string, emoji: string, messageId = message.id) =>
  server.asUser(userId).try("addReaction", { params: { id: messageId }, body: { emoji } });
const unreact = (userId: string, emoji: string) =>
  server.asUser(userId).try("removeReaction", { params: { id: message.id, emoji } });
const pin = (userId: string, messageId = message.id) =>
  server.asUser(userId).try("pinMessage", { params: { id: messageId } });
const unpin = (userId: string) => server.asUser(userId).try("unpinMessage", { params: { id: message.id } });
const pins = async () => (await server.asUser("ben")("listPins", { params: { id } })).messages;
const stored = async () => (await server.asUser("ben")("listMessages", { params: { id } })).messages[0];
const version = async () => (await server.asUser("ben")("getConversation", { params: { id } })).conversation.version;
const setStatus = (status: "active" | "locked" | "archived") =>
  server.asHost("changeConversation", { params: { id }, body: { status } });

describe("a reaction", () => {
  it("is told to everybody, kept in order, and gone when the last one takes it back", async () => {
    const ana = await server.socket("ana");
    const ben = await server.socket("ben");
    await ben.ask("reaction:add", { messageId: message.id, emoji: "👍" });
    await react("cem", "🎉");
    const { body } = await react("ana", "👍");
    const both = { emoji: "👍", userIds: ["ben", "ana"] };
    expect(body.message.reactions).toEqual([both, { emoji: "🎉", userIds: ["cem"] }]);
    expect(await ana.heard("message:updated", ({ version: at }) => at === body.message.version)).toEqual(body.message);
    expect(body.message).toMatchObject({ version: message.version + 3, content: "Look", editedAt: null });
    await unreact("cem", "🎉");
    expect((await stored())?.reactions).toEqual([both]);
    await unreact("ben", "👍");
    const last = await ben.ask("reaction:remove", { messageId: message.id, emoji: "👍" });
    expect(last.message.reactions).toEqual([{ emoji: "👍", userIds: ["ana"] }]);
    await unreact("ana", "👍");
    expect((await stored())?.reactions).toEqual([]);
    const [row] = await server.sql("SELECT reactions, touched FROM messages WHERE id = $1", [message.id]);
    expect(row).toEqual({ reactions: null, touched: true });
  });

  it("given twice at once, or taken back when it is not there, changes nothing", async () => {
    const before = await version();
    const answers = await Promise.all([react("ben", "👍"), react("ben", "👍"), react("ben", "👍")]);
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(await version()).toBe(before + 1);
    expect((await unreact("cem", "👍")).body.message).toEqual(await stored());
    expect((await unreact("ben", "🎉")).status).toBe(200);
    expect(await version()).toBe(before + 1);
  });

  it("of many people at the same moment is lost for none of them", async () => {
    const people = Array.from({ length: 12 }, (_, n) => `racer ${n}`);
    for (const userId of people) await server.asHost("addParticipant", { params: { id }, body: { userId } });
    const before = await version();
    const answers = await Promise.all(people.map((userId, n) => react(userId, n % 2 ? "👍" : "🎉")));
    expect(answers.map(({ status }) => status)).toEqual(people.map(() => 200));
    const reactions = (await stored())?.reactions ?? [];
    expect(reactions.flatMap(({ userIds }) => userIds).sort()).toEqual(people.toSorted());
    expect(await version()).toBe(before + 12);
  });

  it("has limits: so many emoji, of one person and of all, and so many people", async () => {
    const emoji = Array.from({ length: limits.reactionsPerMessage + 1 }, (_, n) => String.fromCodePoint(0x1f400 + n));
    const each = limits.reactionsPerPerson;
    for (const one of emoji.slice(0, each)) expect((await react("ben", one)).status).toBe(200);
    const own = await react("ben", emoji[each] ?? "");
    expect([own.status, own.body.code]).toEqual([409, "too_many_own_reactions"]);
    // What is there already is not refused, and one taken back makes room for another.
    expect((await react("ben", emoji[0] ?? "")).status).toBe(200);
    await unreact("ben", emoji[0] ?? "");
    expect((await react("ben", emoji[each] ?? "")).status).toBe(200);
    expect((await react("ana", emoji[0] ?? "")).status).toBe(200);
    const full = emoji.slice(0, -1).map((one) => ({ emoji: one, userIds: ["dora"] }));
    await server.sql("UPDATE messages SET reactions = $2 WHERE id = $1", [message.id, JSON.stringify(full)]);
    const refused = await react("ben", emoji.at(-1) ?? "");
    expect([refused.status, refused.body.code]).toEqual([409, "too_many_reactions"]);
    expect((await react("ana", emoji[0] ?? "")).status).toBe(200);
    const crowd = Array.from({ length: limits.peopleReacting }, (_, n) => `person ${n}`);
    await server.sql("UPDATE messages SET reactions = $2 WHERE id = $1", [
      message.id,
      JSON.stringify([{ emoji: "👍", userIds: crowd }]),
    ]);
    expect((await react("ben", "👍")).body.code).toBe("too_many_reactions");
    expect((await react("ben", "🎉")).body.code).toBe("too_many_reactions");
  });

  it("of a removed person stays; a removed person gives none and sees none", async () => {
    await react("ben", "👍");
    await server.asHost("removeParticipant", { params: { id, userId: "ben" } });
    expect((await react("ben", "🎉")).body.code).toBe("not_found");
    expect((await unreact("ben", "👍")).body.code).toBe("not_found");
    expect((await pin("ben")).body.code).toBe("not_found");
    expect((await server.asUser("ben").try("listPins", { params: { id } })).body.code).toBe("not_found");
    const held = (await server.asUser("ana")("listMessages", { params: { id } })).messages[0];
    expect(held?.reactions).toEqual([{ emoji: "👍", userIds: ["ben"] }]);
  });

  it("keeps to the status of the conversation, and is open to all where only admins write", async () => {
    await setStatus("locked");
    expect((await react("ben", "👍")).body.code).toBe("conversation_locked");
    expect((await react("cem", "👍")).status).toBe(200);
    await setStatus("archived");
    expect((await react("cem", "🎉")).body.code).toBe("conversation_archived");
    const announcements = await open("announcement");
    const told = await send("Hear!", announcements);
    expect((await react("ben", "👍", told.id)).status).toBe(200);
    expect((await pin("ben", told.id)).body.code).toBe("writers_only");
    expect((await pin("ana", told.id)).status).toBe(200);
  });

  it("costs as much as an edit", async () => {
    id = await open("gig");
    message = await send("Look");
    for (const emoji of ["👍", "👍", "🎉"]) expect((await react("ben", emoji)).status).toBe(200);
    expect((await pin("ben")).status).toBe(200);
    expect((await unreact("ben", "👍")).body).toMatchObject({ code: "rate_limited", retryable: true });
    // What changes nothing costs nothing.
    expect((await react("ben", "👍")).status).toBe(200);
    expect((await unpin("ben")).body.code).toBe("rate_limited");
  });
});

describe("a pin", () => {
  it("is everybody's, stands at the top, and may be taken away by another", async () => {
    const ana = await server.socket("ana");
    const second = await send("Second");
    const { body } = await pin("ben");
    await pin("cem", second.id);
    expect(await ana.heard("message:updated", ({ pinnedAt }) => pinnedAt !== null)).toEqual(body.message);
    expect((await pins()).map(({ seq }) => seq)).toEqual([2, 1]);
    const before = await version();
    expect((await pin("ana")).body.message).toEqual(body.message);
    await unpin("cem");
    await unpin("cem");
    expect(await version()).toBe(before + 1);
    expect((await pins()).map(({ seq }) => seq)).toEqual([2]);
    await react("ana", "👍", second.id);
    expect((await pins())[0]?.reactions).toEqual([{ emoji: "👍", userIds: ["ana"] }]);
  });

  it("has a limit", async () => {
    for (let n = 0; n < limits.pinsPerConversation; n += 1) await pin("ben", (await send(`${n}`)).id);
    expect((await pin("ben")).body.code).toBe("too_many_pins");
    expect(await pins()).toHaveLength(limits.pinsPerConversation);
  });

  it("of the same message by two people at once is one change", async () => {
    const before = await version();
    await Promise.all([pin("ana"), pin("ben"), pin("cem")]);
    expect(await version()).toBe(before + 1);
  });
});

describe("a deleted message", () => {
  const remove = () => server.asUser("ana")("deleteMessage", { params: { id: message.id } });
  const restore = (userId = "ana") => server.asUser(userId).try("restoreMessage", { params: { id: message.id } });

  it("is unpinned and has no reactions; neither comes back with its text", async () => {
    await react("ben", "👍");
    await pin("ben");
    const { message: tombstone } = await remove();
    expect(tombstone).toMatchObject({ content: null, reactions: [], pinnedAt: null });
    expect(await pins()).toEqual([]);
    expect((await react("ben", "🎉")).body.code).toBe("message_deleted");
    expect((await pin("ben")).body.code).toBe("message_deleted");
    expect((await unreact("ben", "👍")).status).toBe(200);
    const ben = await server.socket("ben");
    const { body } = await restore();
    expect(body.message).toEqual({ ...message, version: tombstone.version + 1 });
    expect(await ben.heard("message:updated")).toEqual(body.message);
    expect(await stored()).toEqual(body.message);
    const [row] = await server.sql("SELECT deleted_content, deleted_mentions FROM messages WHERE id = $1", [
      message.id,
    ]);
    expect(row).toEqual({ deleted_content: null, deleted_mentions: null });
  });

  it("comes back for its sender alone, once, and only for a while", async () => {
    expect((await restore()).body.message).toEqual(message);
    await remove();
    expect((await restore("cem")).body.code).toBe("forbidden");
    const before = await version();
    expect((await Promise.all([restore(), restore()])).map(({ status }) => status)).toEqual([200, 200]);
    expect(await version()).toBe(before + 1);
    await remove();
    await setStatus("archived");
    expect((await restore()).body.code).toBe("conversation_archived");
    await setStatus("active");
    now += limits.undoDeleteMs + 5_000;
    expect((await restore()).body).toMatchObject({ code: "undo_window_closed", status: 403 });
    expect((await stored())?.content).toBe(null);
  });
});
