import { clientOptions, ManualClock, MemoryServer, problemOf, settle } from "@parley/testkit";
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
  const other = server.chat.open("ana", { type: "group", participants: [{ userId: "ben" }] }).id;
  const page = async () => {
    const client = createChatClient(clientOptions(server, "ana", clock));
    clients.push(client);
    client.connect();
    await clock.advance(0);
    return client;
  };
  const say = (to: string, count: number) => {
    for (let n = 0; n < count; n += 1) server.chat.send("ben", to, `${to}-${server.calls.length}-${n}`, "Hello");
  };
  const place = (of = id) => server.chat.conversations.get(of)?.participants.find(({ userId }) => userId === "ana");
  const told = (name: string) => server.calls.filter((call) => call.name === name);
  return { clock, server, id, other, client: await page(), page, say, place, told };
}
const unread = (client: ChatClient, id: string) => client.store.getState().conversations.get(id)?.unread;

describe("read positions", () => {
  it("move at once here, then on the server, never back, never beyond the last message", async () => {
    const { clock, client, id, say, place, told } = await setUp();
    say(id, 3);
    await clock.advance(0);
    const reading = client.receipts.read(id, 2);
    expect(unread(client, id)).toBe(1);
    expect(client.store.getState().unreadTotal).toBe(1);
    await reading;
    expect(place()?.readSeq).toBe(2);
    await client.receipts.read(id, 1);
    await client.receipts.read(id, 99);
    expect(unread(client, id)).toBe(0);
    expect(place()?.readSeq).toBe(3);
    expect(told("receipt:read").map(({ input }) => (input as { seq: number }).seq)).toEqual([2, 3]);
  });

  it("are gathered while one is on its way", async () => {
    const { clock, client, id, say, told } = await setUp();
    say(id, 6);
    await clock.advance(0);
    await Promise.all([1, 2, 3, 4, 5, 6].map((seq) => client.receipts.read(id, seq)));
    expect(told("receipt:read").map(({ input }) => (input as { seq: number }).seq)).toEqual([1, 6]);
  });

  it("wait for the connection, and do not hide what others read meanwhile", async () => {
    const { clock, server, client, id, say, place } = await setUp();
    say(id, 2);
    await clock.advance(1_000);
    server.cut();
    server.faults.refuseSockets = true;
    server.faults.refuseHttp = true;
    await clock.advance(3_000);
    await client.receipts.read(id, 2);
    server.chat.delivered("ben", id, 2);
    expect(place()?.readSeq).toBe(0);
    server.faults.refuseSockets = false;
    server.faults.refuseHttp = false;
    await clock.advance(40_000);
    expect(place()?.readSeq).toBe(2);
    expect(client.store.getState().conversations.get(id)).toEqual(
      server.chat.present("ana", server.chat.find("ana", id)),
    );
  });

  it("are tried again after a refusal that passes", async () => {
    const { clock, server, client, id, say, place } = await setUp();
    say(id, 1);
    await clock.advance(0);
    server.faults.call = ({ name }) => (name === "receipt:read" ? problemOf("overloaded") : "pass");
    await client.receipts.read(id, 1);
    server.faults.call = () => "pass";
    await clock.advance(1_000);
    expect(place()?.readSeq).toBe(1);
  });

  it("go over HTTP when the socket swallows the answer", async () => {
    const { clock, server, client, id, say, told } = await setUp();
    say(id, 1);
    await clock.advance(0);
    server.faults.call = ({ via, name }) => (via === "socket" && name === "receipt:read" ? "lost" : "pass");
    const reading = client.receipts.read(id, 1);
    await clock.advance(6_000);
    await reading;
    expect(told("markRead")).toHaveLength(1);
  });

  it("say so when the server refuses for good, and fetch the truth", async () => {
    const { clock, server, client, id, say, told } = await setUp();
    say(id, 1);
    await clock.advance(0);
    server.faults.call = ({ name }) => (name === "receipt:read" ? problemOf("not_found") : "pass");
    const syncs = told("sync").length;
    await expect(client.receipts.read(id, 1)).rejects.toMatchObject({ code: "not_found" });
    await settle();
    expect(told("sync").length).toBe(syncs + 1);
  });

  it("are the same in another tab, and all at once with read-all", async () => {
    const { clock, client, id, other, page, say } = await setUp();
    const second = await page();
    say(id, 2);
    say(other, 3);
    await clock.advance(0);
    expect(second.store.getState().unreadTotal).toBe(5);
    await client.receipts.read(id, 2);
    await clock.advance(0);
    expect(second.store.getState().unreadTotal).toBe(3);
    await client.receipts.readAll();
    await clock.advance(0);
    expect([client, second].map(({ store }) => store.getState().unreadTotal)).toEqual([0, 0]);
  });

  it("are fetched when the server's unread number stays another than ours", async () => {
    const { clock, server, client, id, say } = await setUp();
    say(id, 2);
    await clock.advance(1_000);
    server.faults.event = (_userId, event, deliver) => event.name === "receipt:updated" || deliver();
    server.chat.read("ana", id, 2);
    await clock.advance(400);
    expect(unread(client, id)).toBe(2);
    await clock.advance(200);
    expect(unread(client, id)).toBe(0);
  });
});

describe("delivered positions", () => {
  it("are told by themselves, the newest only, a quarter of a second later", async () => {
    const { clock, id, say, place, told } = await setUp();
    say(id, 5);
    await clock.advance(200);
    expect(told("receipt:delivered")).toHaveLength(0);
    await clock.advance(100);
    expect(told("receipt:delivered")).toMatchObject([{ input: { conversationId: id, seq: 5 } }]);
    expect(place()).toMatchObject({ deliveredSeq: 5, readSeq: 0 });
    await clock.advance(5_000);
    expect(told("receipt:delivered")).toHaveLength(1);
  });

  it("are told after a catch-up, and never for the user's own messages", async () => {
    const { clock, server, client, id, say, place, told } = await setUp();
    await (await client.messages.send(id, "Mine")).acknowledged;
    await clock.advance(1_000);
    expect(told("receipt:delivered")).toHaveLength(0);
    server.cut();
    say(id, 2);
    await clock.advance(2_000);
    expect(place()?.deliveredSeq).toBe(3);
    expect(told("receipt:delivered")).toHaveLength(1);
  });
});
