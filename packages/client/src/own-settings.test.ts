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
  const { id } = server.chat.open("ana", { type: "group", participants: [{ userId: "ben" }] });
  const page = async (userId = "ana") => {
    const client = createChatClient(clientOptions(server, userId, clock));
    clients.push(client);
    client.connect();
    await clock.advance(2_000);
    return client;
  };
  const receiptsIn = (client: ChatClient) => client.store.getState().settings?.readReceipts;
  const readOf = (client: ChatClient, userId: string) =>
    client.store
      .getState()
      .conversations.get(id)
      ?.participants.find(({ user }) => user.id === userId)?.readSeq;
  return { clock, server, id, client: await page(), page, receiptsIn, readOf };
}

describe("settings", () => {
  it("are there with the session, with what the conversation types allow", async () => {
    const { client, server, receiptsIn } = await setUp();
    expect(receiptsIn(client)).toBe(true);
    expect(client.store.getState().types.get("order")).toMatchObject({ maxTextLength: 2_000, openBy: "host" });
    expect(server.calls.filter(({ name }) => name === "getSettings")).toEqual([]);
    expect(await client.settings.get()).toEqual({ readReceipts: true });
  });

  it("change at once here, then in the other tab", async () => {
    const { client, page, receiptsIn } = await setUp();
    const other = await page();
    const changing = client.settings.change({ readReceipts: false });
    expect([receiptsIn(client), receiptsIn(other)]).toEqual([false, true]);
    expect(await changing).toEqual({ readReceipts: false });
    await settle();
    expect([receiptsIn(client), receiptsIn(other)]).toEqual([false, false]);
  });

  it("are taken back when the server refuses", async () => {
    const { client, server, receiptsIn } = await setUp();
    server.faults.call = ({ name }) => (name === "changeSettings" ? problemOf("rate_limited") : "pass");
    const refused = client.settings.change({ readReceipts: false });
    expect(receiptsIn(client)).toBe(false);
    await expect(refused).rejects.toMatchObject({ code: "rate_limited" });
    expect(receiptsIn(client)).toBe(true);
  });

  it("that were changed during an absence come with the connection", async () => {
    const { clock, client, server, receiptsIn } = await setUp();
    server.cut("ana");
    server.chat.own.changeSettings("ana", { readReceipts: false });
    expect(receiptsIn(client)).toBe(true);
    await clock.advance(10_000);
    expect(receiptsIn(client)).toBe(false);
  });

  it("take away what others have read, at once and in every tab, and bring it back when they are on again", async () => {
    const { clock, server, id, client, page, readOf } = await setUp();
    const other = await page();
    server.chat.send("ana", id, "x1", "Hello");
    server.chat.read("ben", id, 1);
    await clock.advance(1_000);
    expect([readOf(client, "ben"), readOf(other, "ben")]).toEqual([1, 1]);
    const off = client.settings.change({ readReceipts: false });
    expect([readOf(client, "ben"), readOf(client, "ana")]).toEqual([0, 1]);
    await off;
    server.chat.send("ben", id, "x2", "Hi");
    await clock.advance(1_000);
    expect([readOf(client, "ben"), readOf(other, "ben")]).toEqual([0, 0]);
    await other.settings.change({ readReceipts: true });
    await clock.advance(1_000);
    expect([readOf(client, "ben"), readOf(other, "ben")]).toEqual([2, 2]);
  });

  it("that the server refused to turn off bring back what was taken away", async () => {
    const { clock, server, id, client, readOf } = await setUp();
    server.chat.send("ana", id, "x1", "Hello");
    server.chat.read("ben", id, 1);
    await clock.advance(1_000);
    server.faults.call = ({ name }) => (name === "changeSettings" ? problemOf("rate_limited") : "pass");
    const refused = client.settings.change({ readReceipts: false });
    expect(readOf(client, "ben")).toBe(0);
    await expect(refused).rejects.toMatchObject({ code: "rate_limited" });
    await clock.advance(1_000);
    expect(readOf(client, "ben")).toBe(1);
  });

  it("keep reading from others until it is told again", async () => {
    const { clock, server, id, client, page, readOf } = await setUp();
    const bens = await page("ben");
    await bens.settings.change({ readReceipts: false });
    server.chat.send("ana", id, "x1", "Hello");
    await clock.advance(1_000);
    await bens.receipts.read(id, 1);
    await clock.advance(1_000);
    expect([readOf(bens, "ben"), readOf(client, "ben")]).toEqual([1, 0]);
    await bens.settings.change({ readReceipts: true });
    await clock.advance(1_000);
    expect([readOf(bens, "ben"), readOf(client, "ben")]).toEqual([1, 1]);
  });
});
