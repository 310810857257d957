import { describe, expect, it, vi } from "vitest";
import type { Deps } from "../../deps.ts";
import { systemClock } from "../../platform/clock.ts";
import { createPresenceTeller } from "./tell-presence.ts";

function start() {
  const told: string[] = [];
  const batches: string[][] = [];
  const statuses = new Map<string, string>();
  const state = { isDown: false, whileAsked: () => {} };
  const toUsers = (userIds: string[], _name: string, { userId, status }: { userId: string; status: string }) =>
    told.push(`${userIds.join()} hear: ${userId} ${status}`);
  const deps = {
    clock: systemClock,
    logger: { warn: () => {} },
    presence: {
      statusOf: async (userIds: string[]) =>
        new Map(userIds.map((userId) => [userId, statuses.get(userId) ?? "offline"])),
    },
    fanOut: { toUsers, here: { toUsers } },
    db: {
      query: async ({ name }: { name: string }, [userIds]: [string[]]) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (state.isDown) throw new Error("The database is down.");
        if (name !== "presence.people") return [];
        batches.push(userIds);
        state.whileAsked();
        return userIds.map((userId) => ({ user_id: userId, other_ids: ["friend"] }));
      },
    },
  } as unknown as Pick<Deps, "db" | "fanOut" | "presence" | "clock" | "logger">;
  return { told, batches, statuses, state, teller: createPresenceTeller(deps) };
}

describe("telling presence", () => {
  it("looks up everybody who came meanwhile by one statement", async () => {
    const { told, batches, statuses, teller } = start();
    for (let n = 0; n < 150; n += 1) {
      statuses.set(`user ${n}`, "online");
      teller.changed(`user ${n}`);
    }
    await expect.poll(() => told.length).toBe(150);
    expect(batches.map((batch) => batch.length)).toEqual([1, 100, 49]);
  });

  it("ends with the newest status when a person comes and goes quickly", async () => {
    const { told, statuses, state, teller } = start();
    statuses.set("anna", "online");
    teller.changed("anna");
    state.whileAsked = () => {
      state.whileAsked = () => {};
      statuses.set("anna", "away");
      teller.changed("anna");
    };
    await expect.poll(() => told.length).toBe(2);
    expect(told.at(-1)).toBe("friend hear: anna away");
    expect(told).not.toContain("friend hear: anna online");
  });

  it("greets who comes with those who are here, and with nobody else", async () => {
    const { told, statuses, teller } = start();
    statuses.set("friend", "away");
    teller.arrived("anna");
    await expect.poll(() => told).toEqual(["anna hear: friend away"]);
    statuses.set("friend", "offline");
    statuses.set("ben", "online");
    teller.arrived("ben");
    teller.changed("ben");
    await expect.poll(() => told.slice(1)).toEqual(["friend hear: ben online"]);
  });

  it("tells it later when the database was away", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    try {
      const { told, statuses, state, teller } = start();
      statuses.set("anna", "online");
      state.isDown = true;
      teller.changed("anna");
      for (let n = 0; n < 5; n += 1) await new Promise((resolve) => setImmediate(resolve));
      state.isDown = false;
      expect(told).toEqual([]);
      vi.advanceTimersByTime(2_000);
      for (let n = 0; n < 5; n += 1) await new Promise((resolve) => setImmediate(resolve));
      expect(told).toEqual(["friend hear: anna online"]);
    } finally {
      vi.useRealTimers();
    }
  });
});
