import { clientOptions, ManualClock, MemoryServer } from "@parley/testkit";
import { afterEach, describe, expect, it } from "vitest";
import type { ChatClient } from "./chat-client.ts";
import { createChatClient } from "./create-chat-client.ts";

const clients: ChatClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

async function setUp() {
  const clock = new ManualClock();
  const server = new MemoryServer(clock.now);
  const { id } = server.chat.open("ana", { type: "direct", participants: [{ userId: "ben" }] });
  const start = (userId: string) => {
    const client = createChatClient(clientOptions(server, userId, clock));
    clients.push(client);
    client.connect();
    return client;
  };
  const [ana, ben] = [start("ana"), start("ben")];
  await clock.advance(0);
  const told = (name: string) => server.calls.filter((call) => call.name === name).length;
  const typists = () => [...(ana.store.getState().typing.get(id)?.keys() ?? [])];
  return { clock, server, id, ana, ben, told, typists };
}

describe("typing", () => {
  it("is told once in two seconds, and stops", async () => {
    const { clock, id, ben, told, typists } = await setUp();
    for (let n = 0; n < 9; n += 1) {
      ben.typing.start(id);
      await clock.advance(500);
    }
    expect(told("typing:start")).toBe(3);
    expect(typists()).toEqual(["ben"]);
    ben.typing.stop(id);
    ben.typing.stop(id);
    await clock.advance(0);
    expect(told("typing:stop")).toBe(1);
    expect(typists()).toEqual([]);
  });

  it("runs out three seconds after the last word of it", async () => {
    const { clock, id, ben, typists } = await setUp();
    ben.typing.start(id);
    await clock.advance(2_000);
    ben.typing.start(id);
    await clock.advance(2_900);
    expect(typists()).toEqual(["ben"]);
    await clock.advance(200);
    expect(typists()).toEqual([]);
  });

  it("ends with the message, and may begin anew right after it", async () => {
    const { clock, id, ben, told, typists } = await setUp();
    ben.typing.start(id);
    await clock.advance(100);
    await ben.messages.send(id, "Done");
    await clock.advance(0);
    expect(typists()).toEqual([]);
    ben.typing.start(id);
    await clock.advance(0);
    expect(told("typing:start")).toBe(2);
  });

  it("is over when the connection is", async () => {
    const { clock, server, id, ben, typists } = await setUp();
    ben.typing.start(id);
    await clock.advance(0);
    server.cut("ana");
    expect(typists()).toEqual([]);
  });
});

describe("a joined conversation", () => {
  it("is joined once for all places that show it, and left with the last", async () => {
    const { clock, id, ana, told } = await setUp();
    const leaves = [ana.conversations.join(id), ana.conversations.join(id)];
    await clock.advance(0);
    expect(told("conversation:join")).toBe(1);
    leaves[0]?.();
    leaves[0]?.();
    await clock.advance(0);
    expect(told("conversation:leave")).toBe(0);
    leaves[1]?.();
    await clock.advance(0);
    expect(told("conversation:leave")).toBe(1);
  });

  it("is joined again by every new socket", async () => {
    const { clock, server, id, ana, told } = await setUp();
    ana.conversations.join(id);
    await clock.advance(0);
    server.cut("ana");
    await clock.advance(1_000);
    expect(told("conversation:join")).toBe(2);
  });
});

describe("the digest", () => {
  it("brings what was lost when the sums still differ after half a second", async () => {
    const { clock, server, id, ana } = await setUp();
    server.faults.event = (userId, event, deliver) => (userId === "ana" && event.name === "message:new") || deliver();
    server.chat.send("ben", id, "x1", "Lost on the way");
    server.digest("ana");
    await clock.advance(400);
    expect(ana.store.getState().unreadTotal).toBe(0);
    await clock.advance(200);
    expect(ana.store.getState().unreadTotal).toBe(1);
  });

  it("asks for nothing when the sums agree, or do so in time", async () => {
    const { clock, server, id, told } = await setUp();
    const before = told("sync");
    server.digest("ana");
    const late: (() => void)[] = [];
    server.faults.event = (_userId, event, deliver) => (event.name === "message:new" ? late.push(deliver) : deliver());
    server.chat.send("ben", id, "x1", "Late");
    server.digest("ana");
    await clock.advance(200);
    for (const deliver of late) deliver();
    await clock.advance(2_000);
    expect(told("sync")).toBe(before);
  });
});

describe("changes of conversations", () => {
  it("come with the answer and with the events, once", async () => {
    const { clock, server, ana, ben } = await setUp();
    const opened = await ana.conversations.open({ type: "group", participants: [{ userId: "ben" }] });
    await ana.conversations.change(opened.id, { title: "Plans" });
    await ana.conversations.addParticipant(opened.id, "cem");
    await ana.conversations.addParticipant(opened.id, "dua", "admin");
    await ana.conversations.changeParticipant(opened.id, "cem", "admin");
    await ana.conversations.removeParticipant(opened.id, "dua");
    await clock.advance(1_000);
    for (const [client, userId] of [
      [ana, "ana"],
      [ben, "ben"],
    ] as const) {
      const truth = server.chat.present(userId, server.chat.find(userId, opened.id));
      expect(client.store.getState().conversations.get(opened.id)).toEqual(truth);
    }
    await ana.conversations.leave(opened.id);
    expect(ana.store.getState().conversations.has(opened.id)).toBe(false);
  });

  it("edits and deletes own messages", async () => {
    const { clock, id, ana, ben } = await setUp();
    await ben.messages.load(id);
    const { acknowledged } = await ana.messages.send(id, "Firts");
    const { id: messageId } = await acknowledged;
    await expect(ana.messages.edit(messageId, "First")).resolves.toMatchObject({ content: "First" });
    await clock.advance(0);
    expect(ben.store.getState().messages.get(id)?.items).toMatchObject([{ content: "First" }]);
    await expect(ana.messages.delete(messageId)).resolves.toMatchObject({ content: null });
    await clock.advance(0);
    expect(ben.store.getState().messages.get(id)?.items).toMatchObject([{ content: null }]);
    expect(ana.store.getState().conversations.get(id)?.lastMessage?.content).toBeNull();
  });
});
