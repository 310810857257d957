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
