import { clientOptions, ManualClock, MemoryServer, problemOf } from "@parley/testkit";
import { afterEach, describe, expect, it } from "vitest";
import type { ChatClient } from "./chat-client.ts";
import { createChatClient } from "./create-chat-client.ts";

const clients: ChatClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

async function setUp(count = 120) {
  const clock = new ManualClock();
  const server = new MemoryServer(clock.now);
  const { id } = server.chat.open("ana", { type: "direct", participants: [{ userId: "ben" }] });
  for (let n = 1; n <= count; n += 1) server.chat.send("ben", id, `x${n}`, `Message ${n}`);
  const client = createChatClient(clientOptions(server, "ana", clock));
  clients.push(client);
  client.connect();
  await clock.advance(0);
  const window = (of = id) => client.store.getState().messages.get(of);
  const span = () => [window()?.items[0]?.seq, window()?.items.at(-1)?.seq, window()?.hasOlder, window()?.hasNewer];
  const loads = () => server.calls.filter(({ name }) => name === "listMessages").length;
  return { clock, server, id, client, window, span, loads };
}

describe("history", () => {
  it("has no window before it is asked for, then the newest page", async () => {
    const { client, id, window, span } = await setUp();
    expect(window()).toBeUndefined();
    const loading = client.messages.load(id);
    expect(window()).toEqual({ items: [], hasOlder: true, hasNewer: true, loading: "page" });
    await loading;
    expect(span()).toEqual([71, 120, true, false]);
    expect(window()?.loading).toBeNull();
  });

  it("asks once for the same page, however many want it, and not again for what is there", async () => {
    const { client, id, loads } = await setUp();
    await Promise.all([client.messages.load(id), client.messages.load(id)]);
    await client.messages.load(id);
    await client.messages.loadLatest(id);
    expect(loads()).toBe(1);
    await Promise.all([client.messages.loadOlder(id), client.messages.loadOlder(id)]);
    expect(loads()).toBe(2);
  });

  it("goes back page by page to the beginning, without a hole", async () => {
    const { client, id, window, span, loads } = await setUp();
    await client.messages.load(id);
    await client.messages.loadOlder(id);
    expect(span()).toEqual([21, 120, true, false]);
    await client.messages.loadOlder(id);
    expect(span()).toEqual([1, 120, false, false]);
    await client.messages.loadOlder(id);
    expect(loads()).toBe(3);
    expect(window()?.items.map(({ seq }) => seq)).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
  });

  it("jumps into the past, where live messages do not come in, and walks back to the present", async () => {
    const { clock, server, client, id, span } = await setUp();
    await client.messages.load(id);
    await client.messages.loadAround(id, 30);
    expect(span()).toEqual([5, 54, true, true]);
    server.chat.send("ben", id, "live", "Live");
    await clock.advance(0);
    expect(span()).toEqual([5, 54, true, true]);
    await client.messages.loadNewer(id);
    expect(span()).toEqual([5, 104, true, true]);
    await client.messages.loadNewer(id);
    expect(span()).toEqual([5, 121, true, false]);
    await client.messages.loadNewer(id);
    server.chat.send("ben", id, "live2", "Live");
    await clock.advance(0);
    expect(span()).toEqual([5, 122, true, false]);
  });

  it("returns from the past to the newest page in one step", async () => {
    const { client, id, span } = await setUp();
    await client.messages.loadAround(id, 30);
    await client.messages.loadLatest(id);
    expect(span()).toEqual([71, 120, true, false]);
  });

  it("lays what happened while a page was on its way over that page", async () => {
    const { server, client, id, window, span } = await setUp();
    server.faults.call = ({ name }) => {
      if (name !== "listMessages") return "pass";
      // The answer is made before these, and comes after them.
      queueMicrotask(() => {
        server.chat.delete("ben", server.chat.conversations.get(id)?.messages[119]?.id ?? "");
        server.chat.send("ben", id, "live", "Live");
      });
      return "pass";
    };
    await client.messages.load(id);
    expect(span()).toEqual([71, 121, true, false]);
    expect(window()?.items.at(-2)).toMatchObject({ seq: 120, content: null });
  });

  it("forgets the window when its first page did not come, and keeps it when a further one did not", async () => {
    const { server, client, id, window, span } = await setUp();
    server.faults.call = ({ name }) => (name === "listMessages" ? problemOf("overloaded") : "pass");
    await expect(client.messages.load(id)).rejects.toMatchObject({ code: "overloaded" });
    expect(window()).toBeUndefined();
    server.faults.call = () => "pass";
    await client.messages.load(id);
    server.faults.call = ({ name }) => (name === "listMessages" ? problemOf("overloaded") : "pass");
    await expect(client.messages.loadOlder(id)).rejects.toMatchObject({ code: "overloaded" });
    expect(span()).toEqual([71, 120, true, false]);
    expect(window()?.loading).toBeNull();
  });

  it("starts over with the newest page after a long absence", async () => {
    const { clock, server, client, id, span } = await setUp();
    server.syncLimits = { messages: 10, changes: 5 };
    await client.messages.load(id);
    await client.messages.loadOlder(id);
    server.cut();
    for (let n = 0; n < 60; n += 1) server.chat.send("ben", id, `away${n}`, "Away");
    await clock.advance(1_000);
    expect(span()).toEqual([131, 180, true, false]);
  });

  it("keeps a bounded number of messages, and of windows besides those on screen", async () => {
    const { clock, server, client, id, window, span } = await setUp(1_100);
    await client.messages.load(id);
    const leave = client.conversations.join(id);
    for (let n = 0; n < 30; n += 1) await client.messages.loadOlder(id);
    expect(window()?.items).toHaveLength(1_000);
    expect(span()).toEqual([1, 1_000, false, true]);
    for (let n = 0; n < 40; n += 1) {
      const next = server.chat.open("ana", { type: "group", participants: [{ userId: "ben" }] });
      await clock.advance(0);
      await client.messages.load(next.id);
    }
    expect(client.store.getState().messages.size).toBeLessThanOrEqual(31);
    expect(window()).toBeDefined();
    leave();
  });
});
