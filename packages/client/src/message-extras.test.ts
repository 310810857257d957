import { limits, type Message } from "@parley/protocol";
import { buildMessage, clientOptions, ManualClock, MemoryServer, problemOf } from "@parley/testkit";
import { describe, expect, it } from "vitest";
import type { ChatClient } from "./chat-client.ts";
import { createChatClient } from "./create-chat-client.ts";
import { memoryOutbox } from "./memory-outbox-store.ts";
import { readNews } from "./outbox-news.ts";
import { quoteOf } from "./quote.ts";
import { selectReactions } from "./reduce-reactions.ts";

async function setUp() {
  const clock = new ManualClock();
  const server = new MemoryServer(clock.now);
  const { id } = server.chat.open("ana", { type: "group", participants: [{ userId: "ana" }, { userId: "ben" }] });
  const outbox = memoryOutbox();
  const open = async (userId: string): Promise<ChatClient> => {
    const client = createChatClient({ ...clientOptions(server, userId, clock), outbox });
    client.connect();
    await clock.advance(0);
    await client.messages.load(id);
    return client;
  };
  const ana = await open("ana");
  const message = server.chat.send("ben", id, "x1", "Hello");
  await clock.advance(0);
  return { clock, server, id, ana, open, message };
}

const held = (client: ChatClient, { conversationId, seq }: Message): Message => {
  const found = client.store
    .getState()
    .messages.get(conversationId)
    ?.items.find((message) => message.seq === seq);
  if (!found) throw new Error("The message is not there.");
  return found;
};
const shown = (client: ChatClient, message: Message) => selectReactions(client.store.getState(), held(client, message));
const like = (...userIds: string[]) => ({ emoji: "👍", userIds });

describe("a quote", () => {
  it("is cut by code points, and null for a tombstone", () => {
    const text = "👍".repeat(limits.quoteLength + 1);
    expect(quoteOf(buildMessage({ content: text })).excerpt).toBe("👍".repeat(limits.quoteLength));
    expect(quoteOf(buildMessage({ content: "Short" })).excerpt).toBe("Short");
    expect(quoteOf(buildMessage({ content: null })).excerpt).toBe(null);
  });

  it("stands in a waiting reply, survives a reload, and is sent with the mentions", async () => {
    const { clock, server, id, ana, open, message } = await setUp();
    server.faults.call = ({ name }) => (name.startsWith("message:") || name === "sendMessage" ? "lost" : "pass");
    await ana.messages.send(id, "Hi @Ben", { replyTo: message, mentions: ["ben"] });
    const replyTo = { messageId: message.id, seq: 1, senderId: "ben", excerpt: "Hello" };
    const waiting = (client: ChatClient) => client.store.getState().outbox.get(id);
    expect(waiting(ana)).toMatchObject([{ replyTo, mentions: ["ben"], status: "pending" }]);
    await ana.close();
    server.faults.call = () => "pass";
    const back = await open("ana");
    await clock.advance(0);
    expect(waiting(back)).toBeUndefined();
    expect(server.chat.conversations.get(id)?.messages[1]).toMatchObject({ replyTo, mentions: ["ben"] });
    expect(held(back, { ...message, seq: 2 })).toMatchObject({ replyTo, content: "Hi @Ben" });
    await back.close();
  });

  it("is missing in what an earlier version of the client says in another tab", () => {
    const { replyTo: _, mentions: __, ...entry } = { ...buildMessage(), status: "pending", problem: null };
    expect(readNews({ kind: "enqueued", entry, isVolatile: false })).toMatchObject({
      entry: { replyTo: null, mentions: [] },
    });
  });

  it("follows what it answers", async () => {
    const { clock, server, id, ana, message } = await setUp();
    await (await ana.messages.send(id, "Hi", { replyTo: message })).acknowledged;
    server.chat.edit("ben", message.id, "Good morning");
    await clock.advance(0);
    expect(held(ana, { ...message, seq: 2 }).replyTo?.excerpt).toBe("Good morning");
    server.chat.delete("ben", message.id);
    await clock.advance(0);
    expect(held(ana, { ...message, seq: 2 }).replyTo?.excerpt).toBe(null);
    server.chat.messages.restore("ben", message.id);
    await clock.advance(0);
    expect(held(ana, { ...message, seq: 2 }).replyTo?.excerpt).toBe("Good morning");
    await ana.close();
  });
});

describe("a reaction of one's own", () => {
  it("is shown before the server has it, and stays when it has", async () => {
    const { clock, server, ana, message } = await setUp();
    server.chat.messages.react("ben", message.id, "👍", true);
    await clock.advance(0);
    const done = ana.messages.react(message.id, "👍");
    expect(shown(ana, message)).toEqual([like("ben", "ana")]);
    expect(shown(ana, message)).toBe(shown(ana, message));
    expect(held(ana, message).reactions).toEqual([like("ben")]);
    const seen: unknown[] = [];
    ana.store.subscribe(() => seen.push(shown(ana, message)));
    await clock.advance(0);
    expect((await done).reactions).toEqual([like("ben", "ana")]);
    expect(held(ana, message).reactions).toEqual([like("ben", "ana")]);
    expect(ana.store.getState().reacting.size).toBe(0);
    for (const reactions of seen) expect(reactions).toEqual([like("ben", "ana")]);
    await ana.close();
  });

  it("is taken back when the server refuses, and the refusal is told", async () => {
    const { clock, server, ana, message } = await setUp();
    server.faults.call = ({ name }) => (name === "reaction:add" ? problemOf("too_many_reactions") : "pass");
    const refusal = ana.messages.react(message.id, "👍").catch((error: unknown) => error);
    expect(shown(ana, message)).toEqual([like("ana")]);
    await clock.advance(0);
    expect(await refusal).toMatchObject({ problem: { code: "too_many_reactions" } });
    expect(shown(ana, message)).toEqual([]);
    expect(ana.store.getState().reacting.size).toBe(0);
    await ana.close();
  });

  it("given and taken back in one breath ends as the last tap meant", async () => {
    const { clock, server, ana, message } = await setUp();
    const taps = [true, false, true, false].map((add) =>
      add ? ana.messages.react(message.id, "👍") : ana.messages.unreact(message.id, "👍"),
    );
    expect(shown(ana, message)).toEqual([]);
    const other = ana.messages.react(message.id, "🎉");
    await clock.advance(0);
    await Promise.all([...taps, other]);
    expect(shown(ana, message)).toEqual([{ emoji: "🎉", userIds: ["ana"] }]);
    expect(server.chat.conversations.get(message.conversationId)?.messages[0]?.reactions).toEqual(shown(ana, message));
    expect(server.calls.filter(({ name }) => name.startsWith("reaction:"))).toHaveLength(5);
    await ana.close();
  });

  it("is not given again by a late repeat, after it was taken back", async () => {
    const { clock, server, ana, message } = await setUp();
    let first = true;
    server.faults.call = ({ name }) => {
      const fate = name === "reaction:add" && first ? "lost" : "pass";
      first = false;
      return fate;
    };
    const taps = [ana.messages.react(message.id, "👍"), ana.messages.unreact(message.id, "👍")];
    await clock.advance(6_000);
    await Promise.all(taps);
    expect(shown(ana, message)).toEqual([]);
    expect(server.chat.conversations.get(message.conversationId)?.messages[0]?.reactions).toEqual([]);
    await ana.close();
  });

  it("does not hide those of others that come meanwhile, and is not lost when the answer is", async () => {
    const { clock, server, ana, message } = await setUp();
    server.faults.call = ({ name }) => (name === "reaction:add" ? "unanswered" : "pass");
    const done = ana.messages.react(message.id, "👍");
    server.chat.messages.react("ben", message.id, "👍", true);
    await clock.advance(0);
    expect(shown(ana, message)[0]?.userIds.toSorted()).toEqual(["ana", "ben"]);
    await clock.advance(6_000);
    expect((await done).reactions[0]?.userIds.toSorted()).toEqual(["ana", "ben"]);
    expect(shown(ana, message)).toEqual(held(ana, message).reactions);
    await ana.close();
  });
});

describe("the pins of a conversation", () => {
  const pinned = (client: ChatClient, id: string) =>
    client.store
      .getState()
      .pins.get(id)
      ?.map(({ seq }) => seq);

  it("are loaded once and kept true by events", async () => {
    const { clock, server, id, ana, message } = await setUp();
    expect(pinned(ana, id)).toBeUndefined();
    await Promise.all([ana.messages.loadPins(id), ana.messages.loadPins(id)]);
    expect(server.calls.filter(({ name }) => name === "listPins")).toHaveLength(1);
    expect(pinned(ana, id)).toEqual([]);
    await ana.messages.pin(message.id);
    expect(pinned(ana, id)).toEqual([1]);
    await clock.advance(10);
    const second = server.chat.send("ben", id, "x2", "Second");
    server.chat.messages.pin("ben", second.id, true);
    await clock.advance(0);
    expect(pinned(ana, id)).toEqual([2, 1]);
    server.chat.edit("ben", message.id, "Hello again");
    server.chat.delete("ben", second.id);
    await clock.advance(0);
    expect(
      ana.store
        .getState()
        .pins.get(id)
        ?.map(({ content }) => content),
    ).toEqual(["Hello again"]);
    await ana.messages.unpin(message.id);
    expect(pinned(ana, id)).toEqual([]);
    await ana.close();
  });

  it("come anew when too much was missed, and go with the conversation", async () => {
    const { clock, server, id, ana, message } = await setUp();
    server.syncLimits = { messages: 2, changes: 20 };
    await ana.messages.loadPins(id);
    server.cut("ana");
    server.chat.messages.pin("ben", message.id, true);
    for (let n = 0; n < 60; n += 1) server.chat.send("ben", id, `y${n}`, "More");
    await clock.advance(3_000);
    expect(ana.store.getState().messages.get(id)?.items[0]?.seq).toBe(12);
    expect(pinned(ana, id)).toEqual([1]);
    server.chat.removeParticipant(id, "ana");
    await clock.advance(0);
    expect(pinned(ana, id)).toBeUndefined();
    await ana.close();
    expect(clock.pending).toBe(0);
  });
});

describe("a deletion", () => {
  it("takes pins, mentions and reactions along, and can be taken back for a while", async () => {
    const { clock, server, id, ana } = await setUp();
    const own = await (await ana.messages.send(id, "Oops", { mentions: ["ben", "nobody"] })).acknowledged;
    expect(own.mentions).toEqual(["ben"]);
    server.chat.messages.react("ben", own.id, "👍", true);
    server.chat.messages.pin("ben", own.id, true);
    await ana.messages.delete(own.id);
    expect(held(ana, own)).toMatchObject({ content: null, mentions: [], reactions: [], pinnedAt: null });
    await ana.messages.restore(own.id);
    expect(held(ana, own)).toMatchObject({ content: "Oops", mentions: ["ben"], reactions: [], deletedAt: null });
    await ana.messages.delete(own.id);
    await clock.advance(limits.undoDeleteMs + 1);
    await expect(ana.messages.restore(own.id)).rejects.toMatchObject({ problem: { code: "undo_window_closed" } });
    await ana.close();
  });
});
