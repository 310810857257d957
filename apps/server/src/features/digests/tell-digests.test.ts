import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Deps } from "../../deps.ts";
import { systemClock } from "../../platform/clock.ts";
import { createDigestTeller, type DigestTeller } from "./tell-digests.ts";

describe("digests", () => {
  let asked: string[][];
  let told: string[];
  let gone: Set<string>;
  let here: Set<string>;
  let isDown: boolean;
  let teller: DigestTeller;

  beforeEach(() => {
    vi.useFakeTimers();
    [asked, told, gone, here, isDown] = [[], [], new Set(), new Set(), false];
    teller = createDigestTeller({
      clock: systemClock,
      db: {
        history: async () => "the only one",
        query: async (_statement: unknown, [userIds]: [string[]]) => {
          asked.push(userIds);
          if (isDown) throw new Error("The database is down.");
          return [];
        },
      },
      fanOut: {
        connected: (userIds: string[]) => userIds.filter((userId) => !gone.has(userId)),
        allConnected: () => [...here].filter((userId) => !gone.has(userId)),
        here: { toUsers: ([userId]: [string]) => told.push(userId) },
      },
    } as unknown as Pick<Deps, "db" | "fanOut" | "clock">);
  });
  afterEach(() => void vi.useRealTimers());

  const connect = (userId: string): void => {
    here.add(userId);
    teller.expect(userId);
  };

  /** As the schedule does it. */
  const pass = async (seconds: number): Promise<void> => {
    for (let n = 0; n < seconds * 2; n += 1) {
      vi.advanceTimersByTime(500);
      await teller.tellDue().catch(() => {});
    }
  };

  it("come a second after connecting, then at least once a minute", async () => {
    connect("anna");
    await pass(2);
    expect(told).toEqual(["anna"]);
    await pass(60);
    expect(told).toEqual(["anna", "anna"]);
    await pass(60);
    expect(told.length).toBeGreaterThanOrEqual(3);
  });

  it("are added up for many people by one statement", async () => {
    for (let n = 0; n < 1_200; n += 1) connect(`user ${n}`);
    await pass(2);
    expect(asked.filter((userIds) => userIds.length > 0).map((userIds) => userIds.length)).toEqual([500, 500, 200]);
    expect(new Set(told).size).toBe(1_200);
  });

  it("end with the last connection", async () => {
    connect("anna");
    await pass(2);
    gone.add("anna");
    await pass(120);
    expect(told).toEqual(["anna"]);
    expect(asked).toHaveLength(1);
  });

  it("come again after the database was away", async () => {
    connect("anna");
    isDown = true;
    await pass(10);
    expect(told).toEqual([]);
    isDown = false;
    await pass(50);
    expect(told).toEqual(["anna"]);
  });

  it("go to everybody within about a second when events may have been lost, not to all at once", async () => {
    for (let n = 0; n < 1_200; n += 1) connect(`user ${n}`);
    await pass(2);
    told.length = 0;
    teller.heal();
    await teller.tellDue();
    expect(told).toHaveLength(300);
    for (let turn = 1; turn < 4; turn += 1) await teller.tellDue();
    expect(new Set(told).size).toBe(1_200);
    await pass(2);
    expect(told).toHaveLength(1_200);
  });

  it("heal at most every three seconds, and again when the database did not answer", async () => {
    connect("anna");
    await pass(2);
    told.length = 0;
    for (let n = 0; n < 12; n += 1) {
      teller.heal();
      await pass(0.5);
    }
    expect(told).toEqual(["anna", "anna"]);
    isDown = true;
    teller.heal();
    await pass(4);
    isDown = false;
    await pass(4);
    expect(told).toEqual(["anna", "anna", "anna"]);
  });
});
