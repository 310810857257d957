import { describe, expect, it } from "vitest";
import { UnreadTeller } from "./unread-teller.ts";

/** A clock and a database moved by hand. */
function setUp({ connected = ["ana", "ben"], roundMs = 0 } = {}) {
  let now = 1_000_000;
  const timers: { at: number; run: () => void }[] = [];
  const asked: [string[], string[]][] = [];
  const told: unknown[] = [];
  const database = { fails: false };
  const teller = new UnreadTeller({
    clock: {
      now: () => now,
      after: (ms, run) => {
        timers.push({ at: now + ms, run });
        return () => {};
      },
      every: () => () => {},
    },
    db: {
      query: async (_: unknown, [userIds, ids]: [string[], string[]]) => {
        asked.push([userIds, ids]);
        now += roundMs;
        if (database.fails) throw new Error("away");
        return userIds.map((user_id, n) => ({ user_id, conversation_id: ids[n], unread: n, total: 7 }));
      },
    } as never,
    fanOut: {
      connected: (userIds: readonly string[]) => userIds.filter((userId) => connected.includes(userId)),
      here: { toParticipants: (...event: unknown[]) => told.push(event) },
    } as never,
    logger: { warn: () => {} } as never,
  });
  const pass = async (ms: number) => {
    now += ms;
    for (const timer of timers.splice(0)) {
      if (timer.at <= now) timer.run();
      else timers.push(timer);
    }
    // A large round is told over several turns.
    for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return { teller, pass, asked, told, database };
}

describe("unread numbers", () => {
  it("are told at once, to the people who are connected", async () => {
    const { teller, pass, asked, told } = setUp();
    teller.changed("c1", ["ana", "ben", "carl"]);
    await pass(0);
    expect(asked).toEqual([
      [
        ["ana", "ben"],
        ["c1", "c1"],
      ],
    ]);
    expect(told).toEqual([
      ["c1", ["ana"], "unread:updated", { conversationId: "c1", unread: 0, total: 7 }],
      ["c1", ["ben"], "unread:updated", { conversationId: "c1", unread: 1, total: 7 }],
    ]);
  });

  it("are gathered when changes follow closely, each pair once", async () => {
    const { teller, pass, asked } = setUp();
    teller.changed("c1", ["ana"]);
    await pass(0);
    for (let n = 0; n < 50; n += 1) teller.changed("c1", ["ana", "ben"]);
    teller.changed("c2", ["ben"]);
    await pass(50);
    expect(asked).toHaveLength(1);
    await pass(50);
    expect(asked[1]).toEqual([
      ["ana", "ben", "ben"],
      ["c1", "c1", "c2"],
    ]);
  });

  it("ask nothing when nobody is there", async () => {
    const { teller, pass, asked } = setUp({ connected: [] });
    teller.changed("c1", ["ana"]);
    await pass(1_000);
    expect(asked).toEqual([]);
  });

  it("take about a thousand pairs in one round, and the rest in the next", async () => {
    const connected = Array.from({ length: 1_500 }, (_, n) => `u${n}`);
    const { teller, pass, asked } = setUp({ connected });
    teller.changed("c1", connected);
    await pass(0);
    await pass(100);
    expect(asked.map(([userIds]) => userIds.length)).toEqual([1_000, 500]);
  });

  it("go on after the database failed", async () => {
    const { teller, pass, told, database } = setUp();
    database.fails = true;
    teller.changed("c1", ["ana"]);
    await pass(0);
    database.fails = false;
    teller.changed("c1", ["ana"]);
    await pass(100);
    expect(told).toHaveLength(1);
  });

  it.each([
    ["a quick round", 1, 100],
    ["a slow one", 10, 200],
    ["a very slow one", 400, 500],
  ])("pause after %s in proportion to it", async (_case, roundMs, pauseMs) => {
    const { teller, pass, asked } = setUp({ roundMs });
    teller.changed("c1", ["ana"]);
    await pass(0);
    teller.changed("c2", ["ana"]);
    await pass(pauseMs - 1);
    expect(asked).toHaveLength(1);
    await pass(1);
    expect(asked).toHaveLength(2);
  });

  it("are told when the clock was put back", async () => {
    const { teller, pass, told } = setUp();
    teller.changed("c1", ["ana"]);
    await pass(0);
    await pass(-3_600_000);
    teller.changed("c1", ["ana"]);
    await pass(5_000);
    expect(told).toHaveLength(2);
  });
});
