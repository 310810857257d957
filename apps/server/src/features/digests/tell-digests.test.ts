import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Deps } from "../../deps.ts";
import { systemClock } from "../../platform/clock.ts";
import { createDigestTeller, type DigestTeller } from "./tell-digests.ts";

describe("digests", () => {
  let asked: string[][];
  let told: string[];
  let gone: Set<string>;
  let isDown: boolean;
  let teller: DigestTeller;

  beforeEach(() => {
    vi.useFakeTimers();
    [asked, told, gone, isDown] = [[], [], new Set(), false];
    teller = createDigestTeller({
      clock: systemClock,
      db: {
        query: async (_statement: unknown, [userIds]: [string[]]) => {
          asked.push(userIds);
          if (isDown) throw new Error("The database is down.");
          return [];
        },
      },
      fanOut: {
        connected: (userIds: string[]) => userIds.filter((userId) => !gone.has(userId)),
        toUsers: ([userId]: [string]) => told.push(userId),
      },
    } as unknown as Pick<Deps, "db" | "fanOut" | "clock">);
  });
  afterEach(() => void vi.useRealTimers());

  /** As the schedule does it. */
  const pass = async (seconds: number): Promise<void> => {
    for (let n = 0; n < seconds * 2; n += 1) {
      vi.advanceTimersByTime(500);
      await teller.tellDue().catch(() => {});
    }
  };

  it("come a second after connecting, then at least once a minute", async () => {
    teller.expect("anna");
    await pass(2);
    expect(told).toEqual(["anna"]);
    await pass(60);
    expect(told).toEqual(["anna", "anna"]);
    await pass(60);
    expect(told.length).toBeGreaterThanOrEqual(3);
  });

  it("are added up for many people by one statement", async () => {
    for (let n = 0; n < 1_200; n += 1) teller.expect(`user ${n}`);
    await pass(2);
    expect(asked.filter((userIds) => userIds.length > 0).map((userIds) => userIds.length)).toEqual([500, 500, 200]);
    expect(new Set(told).size).toBe(1_200);
  });

  it("end with the last connection", async () => {
    teller.expect("anna");
    await pass(2);
    gone.add("anna");
    await pass(120);
    expect(told).toEqual(["anna"]);
    expect(asked).toHaveLength(1);
  });

  it("come again after the database was away", async () => {
    teller.expect("anna");
    isDown = true;
    await pass(10);
    expect(told).toEqual([]);
    isDown = false;
    await pass(50);
    expect(told).toEqual(["anna"]);
  });
});
