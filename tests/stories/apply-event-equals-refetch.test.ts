import type { Conversation, Message } from "@parley/protocol";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Follower, followEvents } from "../support/follow-events.ts";
import { bursts, PEOPLE, Playground } from "../support/random-operations.ts";
import { startServer, type TestServer } from "../support/start-server.ts";
import type { TestSocket } from "../support/test-socket.ts";

const TIME_MS = 15_000;

describe("whoever applies every event", () => {
  let server: TestServer;
  const followers = new Map<string, Follower>();
  const sockets: TestSocket[] = [];
  let barriers = 0;
  let barrier: string;

  beforeAll(async () => {
    server = await startServer();
    for (const userId of PEOPLE) {
      const follower = followEvents(userId);
      const socket = await server.socket(userId);
      socket.io.onAny((name, payload) => follower.take({ name, payload }));
      followers.set(userId, follower);
      sockets.push(socket);
    }
    const participants = PEOPLE.map((userId) => ({ userId }));
    const { conversation } = await server.asHost("openConversation", { body: { type: "project", participants } });
    barrier = conversation.id;
  });
  afterAll(() => server.stop());

  /** What was told before has arrived: one socket keeps the order. */
  async function settle(): Promise<void> {
    const content = `barrier ${(barriers += 1)}`;
    const body = { clientMessageId: content, content, kind: "system" as const };
    await server.asHost("sendMessage", { params: { id: barrier }, body });
    await Promise.all(sockets.map((socket) => socket.heard("message:new", (message) => message.content === content)));
    for (const { events } of sockets) events.length = 0;
  }

  async function fetchInbox(userId: string): Promise<Conversation[]> {
    const conversations: Conversation[] = [];
    let cursor: string | null = null;
    do {
      const query: { limit: number; cursor?: string } = { limit: 100, ...(cursor !== null && { cursor }) };
      const page = await server.asUser(userId)("listConversations", { query });
      conversations.push(...page.conversations);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return conversations;
  }

  const fetchHistory = async (userId: string, id: string): Promise<Message[]> =>
    (await server.asUser(userId)("listMessages", { params: { id }, query: { limit: 100 } })).messages;

  /** As a client does when its receipts are on again. Settings have no version: those that count are the fetched ones. */
  async function bringReads(userId: string, follower: Follower): Promise<void> {
    const { settings } = await server.asUser(userId)("getSettings");
    follower.take({ name: "settings:updated", payload: settings });
    if (!follower.wasBlind()) return;
    const { conversations } = follower.state;
    const versions = Object.fromEntries([...conversations.values()].map(({ id, version }) => [id, version]));
    const positions = Object.fromEntries([...conversations.keys()].map((id) => [id, 0]));
    const { receipts } = await server.asUser(userId)("sync", { body: { versions, positions } });
    for (const payload of receipts) follower.take({ name: "receipt:updated", payload });
  }

  /** For everything that was touched since the last time. */
  async function expectFetched(userId: string, touched: readonly string[]): Promise<void> {
    const follower = followers.get(userId) ?? followEvents(userId);
    await bringReads(userId, follower);
    const { state, waiting } = follower;
    expect(waiting()).toEqual([]);
    expect(state.unreadTotal).toBe((await server.asUser(userId)("getUnread")).total);
    for (const id of touched) {
      const fetched = await server.asUser(userId).try("getConversation", { params: { id } });
      expect(state.conversations.get(id)).toEqual(fetched.status === 404 ? undefined : fetched.body.conversation);
      if (fetched.status === 404) continue;
      const held = state.messages.get(id)?.items ?? [];
      const from = held[0]?.seq ?? 1;
      const stored = await fetchHistory(userId, id);
      expect(held.slice(-stored.length)).toEqual(stored.filter(({ seq }) => seq >= from));
    }
  }

  it("holds what a fresh fetch gives, whatever people did at the same time", async () => {
    let runs = 0;
    const ends = Date.now() + TIME_MS;
    const property = fc.asyncProperty(bursts, async (plan) => {
      // No limit of fast-check's: that one leaves its last run going on.
      if (Date.now() > ends) return;
      runs += 1;
      const participants = [{ userId: "p1", role: "admin" as const }, { userId: "p2" }];
      const body = { type: "group", participants };
      const first = (await server.asUser("p0")("openConversation", { body })).conversation.id;
      const second = (await server.asUser("p2")("openConversation", { body })).conversation.id;
      const playground = new Playground(server, [first, second]);
      for (const actor of ["p0", "p1", "p2"] as const) await playground.send(actor, first);
      for (const burst of plan) await Promise.all(burst.map((operation) => playground.run(operation)));
      await settle();
      for (const userId of PEOPLE) await expectFetched(userId, playground.conversations);
    });
    await fc.assert(property, { numRuns: 200 });
    expect(runs).toBeGreaterThan(1);
    for (const userId of PEOPLE) {
      const inbox = await fetchInbox(userId);
      const held = followers.get(userId)?.state.conversations ?? new Map<string, Conversation>();
      expect(held.size).toBe(inbox.length);
      expect(inbox.map(({ id }) => held.get(id))).toEqual(inbox);
    }
  }, 60_000);
});
