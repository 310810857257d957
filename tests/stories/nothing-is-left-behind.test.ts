import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Clock, systemClock } from "../../apps/server/src/platform/clock.ts";
import { startServer, type TestServer } from "../support/start-server.ts";
import { type TrackedCollections, trackCollections } from "../support/track-collections.ts";
import { waitUntil } from "../support/wait-until.ts";

const PEOPLE = 60;
/** In the id of everybody who comes and goes. */
const WORD = "passer-by";

describe("people who come, join, type, write, and go", () => {
  let server: TestServer;
  let collections: TrackedCollections;
  let aheadMs = 0;
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + aheadMs };
  beforeAll(async () => {
    collections = trackCollections();
    // Budgets run by the real time.
    const brief = { count: 1_000_000, seconds: 1 };
    const budgets = { requests: brief, opens: brief, peopleAdded: brief, conversationChanges: brief };
    server = await startServer({ clock, budgets });
  });
  afterAll(async () => {
    await server.stop();
    collections.stop();
  });

  async function comeAndGo(n: number, id: string): Promise<void> {
    const userId = `${WORD}-${n}`;
    const socket = await server.socket(userId);
    await socket.ask("conversation:join", { conversationId: id });
    await socket.ask("typing:start", { conversationId: id });
    await socket.ask("presence:set", { status: "away" });
    const { message } = await socket.ask("message:send", {
      conversationId: id,
      clientMessageId: `m${n}`,
      content: "Hello",
    });
    await socket.ask("receipt:read", { conversationId: id, seq: message.seq });
    await server.asUser(userId)("sync", { body: { versions: {} } });
    if (n % 2 === 0) await socket.ask("conversation:leave", { conversationId: id });
    if (n % 3 === 0) await server.asHost("removeParticipant", { params: { id, userId } });
    if (n % 5 === 0) socket.io.io.engine.close();
    socket.close();
  }

  it("leave nothing in the server's memory but two caches that are bounded", async () => {
    const participants = Array.from({ length: PEOPLE }, (_, n) => ({ userId: `${WORD}-${n}` }));
    const body = { type: "group", participants } as const;
    const { id } = (await server.asHost("openConversation", { body })).conversation;
    const numbers = Array.from({ length: PEOPLE }, (_, n) => n);
    while (numbers.length > 0) await Promise.all(numbers.splice(0, 10).map((n) => comeAndGo(n, id)));
    // While somebody is here, or was a moment ago, the server does remember.
    expect(collections.naming(WORD).length).toBeGreaterThan(1);
    // Other servers would still be told of the removals.
    await server.sql("DELETE FROM revocations");
    // Leases, graces, digests and revocations run out within two minutes, in whichever order they lie upon each other.
    for (let n = 0; n < 3; n += 1) {
      aheadMs += 70_000;
      await sleep(1_200);
    }
    await server.asHost("removeParticipant", { params: { id, userId: `${WORD}-1` } });
    // What each one's token said last, and which messages were acknowledged last.
    const bounded = [PEOPLE, PEOPLE];
    const left = () => collections.naming(WORD).filter(isMoreThanOne);
    await waitUntil(() => left().length <= bounded.length, { what: "the rest is forgotten" }).catch(() => {});
    expect(left()).toEqual(bounded);
  });
});

/** The last removal is remembered for its minute. */
const isMoreThanOne = (count: number): boolean => count > 1;
