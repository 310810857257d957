import type { PreferencesInput } from "@parley/protocol";
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
  const preferencesIn = (client: ChatClient) => client.store.getState().conversations.get(id)?.preferences;
  const set = (input: PreferencesInput) => server.chat.own.setPreferences("ana", id, input);
  const told = (name: string) => server.calls.filter((call) => call.name === name);
  return { clock, server, id, client: await page(), page, preferencesIn, set, told };
}

describe("preferences", () => {
  it("show at once, before the server knows, and in the other tab after", async () => {
    const { client, page, id, preferencesIn } = await setUp();
    const other = await page();
    const bens = await page("ben");
    const before = bens.store.getState().conversations.get(id);
    const setting = client.conversations.setPreferences(id, { pinned: true, archived: true });
    expect(preferencesIn(client)).toMatchObject({ pinnedAt: expect.any(String), archivedSeq: 0, version: 0 });
    expect(preferencesIn(other)?.pinnedAt).toBeNull();
    const confirmed = await setting;
    expect(confirmed.version).toBe(1);
    await settle();
    for (const tab of [client, other]) expect(preferencesIn(tab)).toEqual(confirmed);
    expect(bens.store.getState().conversations.get(id)).toBe(before);
  });

  it("are taken back when the server refuses, but for what it said meanwhile", async () => {
    const { client, server, id, preferencesIn, set } = await setUp();
    server.faults.call = ({ name }) => (name === "changePreferences" ? problemOf("rate_limited") : "pass");
    const refused = client.conversations.setPreferences(id, { markedUnread: true });
    const news = set({ pinned: true });
    await expect(refused).rejects.toMatchObject({ code: "rate_limited" });
    await settle();
    expect(preferencesIn(client)).toEqual(news);
    expect(news.markedUnread).toBe(false);
  });

  it("go out one after the other, and none of them flickers while another is answered", async () => {
    const { client, id, preferencesIn, told } = await setUp();
    const seen: (boolean | undefined)[] = [];
    const settings = [true, false, true].map((pinned) => client.conversations.setPreferences(id, { pinned }));
    // What a page could paint: after the task that changed the store.
    client.store.subscribe(() => queueMicrotask(() => seen.push(preferencesIn(client)?.pinnedAt !== null)));
    const marked = client.conversations.setPreferences(id, { markedUnread: true });
    const all = await Promise.all([...settings, marked]);
    await settle();
    expect(told("changePreferences").map(({ input }) => (input as { body: object }).body)).toEqual([
      ...[true, false, true].map((pinned) => ({ pinned })),
      { markedUnread: true },
    ]);
    expect(preferencesIn(client)).toEqual(all.at(-1));
    expect(preferencesIn(client)).toMatchObject({ pinnedAt: expect.any(String), markedUnread: true, version: 4 });
    expect(seen.filter((isPinned) => !isPinned)).toEqual([]);
  });

  it("never go back to an older version", async () => {
    const { client, server, id, preferencesIn, set } = await setUp();
    const late: (() => void)[] = [];
    server.faults.event = (_user, event, deliver) =>
      event.name === "preferences:updated" && event.payload.preferences.version === 1 ? late.push(deliver) : deliver();
    set({ pinned: true });
    const newest = set({ pinned: false });
    await settle();
    for (const deliver of late) deliver();
    await settle();
    expect(preferencesIn(client)).toEqual(newest);
    server.chat.change(id, { title: "Changed" });
    await settle();
    expect(preferencesIn(client)).toEqual(newest);
  });

  it("that were lost on the way are noticed by the digest, and asked for only then", async () => {
    const { clock, client, server, preferencesIn, set, told } = await setUp();
    server.faults.event = (_user, event, deliver) => {
      if (event.name !== "preferences:updated") deliver();
    };
    const lost = set({ mutedUntil: "9999-12-31T00:00:00.000Z" });
    await settle();
    expect(preferencesIn(client)?.version).toBe(0);
    const before = told("sync").length;
    server.digest("ana");
    await clock.advance(1_000);
    expect(preferencesIn(client)).toEqual(lost);
    server.digest("ana");
    await clock.advance(1_000);
    expect(told("sync")).toHaveLength(before + 1);
  });

  it("come after an absence", async () => {
    const { clock, client, server, preferencesIn, set } = await setUp();
    server.cut("ana");
    const away = set({ pinned: true });
    expect(preferencesIn(client)?.version).toBe(0);
    await clock.advance(10_000);
    expect(preferencesIn(client)).toEqual(away);
  });

  it("are new for whoever comes back", async () => {
    const { clock, client, server, id, preferencesIn, set } = await setUp();
    set({ pinned: true });
    server.cut("ana");
    server.chat.removeParticipant(id, "ana");
    server.chat.addParticipant(id, "ana");
    await clock.advance(10_000);
    expect(preferencesIn(client)).toMatchObject({ pinnedAt: null, version: 2 });
  });
});
