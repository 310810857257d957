import { type ChatClient, isArchived } from "@parley/client";
import type { Conversation, PreferencesInput } from "@parley/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRelay } from "../support/start-relay.ts";
import { isConnected, startServer, type TestServer } from "../support/start-server.ts";
import type { TestSocket } from "../support/test-socket.ts";
import { conversationOf, say } from "../support/views.ts";
import { waitUntil } from "../support/wait-until.ts";

const UNTIL = "9999-12-31T00:00:00.000Z";

describe("what Ana sets for a conversation", () => {
  let server: TestServer;
  let id: string;
  let tabs: ChatClient[];
  let ben: ChatClient;
  let bensSocket: TestSocket;

  beforeAll(async () => {
    server = await startServer();
    const body = { type: "group", participants: [{ userId: "ana" }, { userId: "ben" }] };
    ({ id } = (await server.asHost("openConversation", { body })).conversation);
    ben = await server.client("ben");
    bensSocket = await server.socket("ben");
    tabs = [await server.client("ana"), await server.client("ana")];
    await say(ben, id, "Hello");
    for (const tab of tabs) await waitUntil(() => conversationOf(tab, id)?.lastSeq === 1, { what: "Hello is there" });
    const anasPlace = () => conversationOf(ben, id)?.participants.find(({ user }) => user.id === "ana");
    await waitUntil(() => anasPlace()?.deliveredSeq === 1, { what: "Ben sees that it has arrived" });
  });
  afterAll(() => server.stop());

  const set = (input: PreferencesInput, of = id) =>
    server.asUser("ana")("changePreferences", { params: { id: of }, body: input });
  const fetched = async (userId: string, of = id): Promise<Conversation> =>
    (await server.asUser(userId)("getConversation", { params: { id: of } })).conversation;
  const inBox = async (box: "inbox" | "archive" | "all", filter: "all" | "unread" = "all") =>
    (await server.asUser("ana")("listConversations", { query: { box, filter } })).conversations.map((one) => one.id);
  /** Both tabs show what a fetch gives. */
  async function expectInAllTabs(expected: object): Promise<void> {
    const { preferences } = await fetched("ana");
    expect(preferences).toMatchObject(expected);
    for (const tab of tabs) {
      const isThere = () => conversationOf(tab, id)?.preferences.version === preferences.version;
      await waitUntil(isThere, { what: "the tab has heard of it" });
      expect(conversationOf(tab, id)?.preferences).toEqual(preferences);
    }
  }

  it("is the same in both tabs, and nobody else's", async () => {
    const before = conversationOf(ben, id);
    await tabs[0]?.conversations.setPreferences(id, { pinned: true });
    await expectInAllTabs({ pinnedAt: expect.any(String), mutedUntil: null, version: 1 });
    await tabs[1]?.conversations.setPreferences(id, { mutedUntil: UNTIL, markedUnread: true });
    await expectInAllTabs({ mutedUntil: UNTIL, markedUnread: true, version: 2 });
    expect(await fetched("ben")).toEqual(before);
    expect(conversationOf(ben, id)).toEqual(before);
    await say(ben, id, "Later");
    await bensSocket.heard("message:new", ({ content }) => content === "Later");
    expect(bensSocket.events.filter(({ name }) => name === "preferences:updated")).toEqual([]);
    expect((await fetched("ana")).version).toBe((before?.version ?? 0) + 1);
  });

  it("changes nothing when it is so already", async () => {
    const socket = await server.socket("ana");
    const before = (await fetched("ana")).preferences;
    expect((await set({ pinned: true, mutedUntil: UNTIL })).preferences).toEqual(before);
    const { preferences } = await set({ markedUnread: false });
    expect(preferences).toEqual({ ...before, markedUnread: false, version: before.version + 1 });
    await socket.heard("preferences:updated");
    expect(socket.events.filter(({ name }) => name === "preferences:updated")).toHaveLength(1);
    expect((await set({ mutedUntil: "2020-01-01T00:00:00.000Z" })).preferences.mutedUntil).toBeNull();
  });

  it("archives until the next message", async () => {
    await set({ archived: true });
    await expectInAllTabs({ archivedSeq: 2 });
    for (const tab of tabs) expect(isArchived(conversationOf(tab, id) as Conversation)).toBe(true);
    expect([await inBox("archive"), await inBox("inbox"), await inBox("all")]).toEqual([[id], [], [id]]);
    await say(ben, id, "Still there?");
    for (const tab of tabs) {
      await waitUntil(() => !isArchived(conversationOf(tab, id) as Conversation), { what: "it is back" });
    }
    expect([await inBox("archive"), await inBox("inbox"), await inBox("all")]).toEqual([[], [id], [id]]);
    await set({ archived: true });
    await set({ archived: false });
    expect(await inBox("inbox")).toEqual([id]);
  });

  it("finds what is marked as unread among the unread", async () => {
    await server.asUser("ana")("markRead", { params: { id }, body: { seq: 99 } });
    expect(await inBox("all", "unread")).toEqual([]);
    await set({ markedUnread: true });
    expect(await inBox("all", "unread")).toEqual([id]);
    // Reading does not take the mark away: the page does, when the person opens it.
    await server.asUser("ana")("markRead", { params: { id }, body: { seq: 99 } });
    expect((await fetched("ana")).preferences.markedUnread).toBe(true);
  });

  it("reaches a tab that was away", async () => {
    const relay = await startRelay(server.url);
    const away = await server.client("ana", { url: relay.url });
    relay.cut();
    await waitUntil(() => !isConnected(away), { what: "the loss is noticed" });
    await set({ pinned: false, archived: true });
    await server.asUser("ana")("changeSettings", { body: { readReceipts: false } });
    expect(conversationOf(away, id)?.preferences.archivedSeq).toBeNull();
    relay.mend();
    await waitUntil(() => isConnected(away), { what: "it is back", withinMs: 30_000 });
    expect(conversationOf(away, id)).toEqual(await fetched("ana"));
    await waitUntil(() => away.store.getState().settings?.readReceipts === false, { what: "the settings came too" });
    await relay.stop();
  });

  it("comes with a sync only when it differs", async () => {
    const other = (await ben.conversations.open({ type: "group", participants: [{ userId: "ana" }] })).id;
    const { version, preferences: held } = await fetched("ana");
    const sync = (preferenceSum?: number) =>
      server.asUser("ana")("sync", {
        body: { versions: { [id]: version, [other]: 1 }, ...(preferenceSum !== undefined && { preferenceSum }) },
      });
    expect((await sync(held.version)).preferences).toEqual([]);
    const { preferences } = await set({ pinned: true }, other);
    expect((await sync()).preferences).toEqual([]);
    expect((await sync(held.version + preferences.version)).preferences).toEqual([]);
    const answer = await sync(held.version);
    expect(answer.changes).toEqual([]);
    expect(answer.preferences).toHaveLength(2);
    expect(answer.preferences).toContainEqual({ conversationId: id, preferences: held });
    expect(answer.preferences).toContainEqual({ conversationId: other, preferences });
    // The digest carries the same sum.
    const socket = await server.socket("ana");
    expect(await socket.heard("sync:digest")).toMatchObject({ preferenceSum: held.version + preferences.version });
  });

  it("is new for whoever comes back, and of a higher version than before", async () => {
    await set({ pinned: true, archived: true });
    const { version } = (await fetched("ana")).preferences;
    await server.asHost("removeParticipant", { params: { id, userId: "ana" } });
    await server.asHost("addParticipant", { params: { id }, body: { userId: "ana" } });
    await expectInAllTabs({ pinnedAt: null, archivedSeq: null, markedUnread: false, version: version + 1 });
  });
});
