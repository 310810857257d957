import type { PresenceStatus } from "@parley/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Clock, systemClock } from "../../platform/clock.ts";
import { createMemoryPresenceRegistry } from "./memory-presence-registry.ts";
import type { PresenceRegistry } from "./presence-registry.ts";

/** What every driver keeps. */
const drivers: [string, (clock: Clock) => PresenceRegistry][] = [["memory", createMemoryPresenceRegistry]];

describe.each(drivers)("presence in %s", (_name, create) => {
  let registry: PresenceRegistry;
  let changes: [string, PresenceStatus][];

  beforeEach(() => {
    vi.useFakeTimers();
    changes = [];
    registry = create(systemClock);
    registry.onChange((userId, status) => changes.push([userId, status]));
  });
  afterEach(() => {
    registry.close();
    vi.useRealTimers();
  });

  const statusOf = async (userId: string) => (await registry.statusOf([userId])).get(userId);

  it("is online from the first connection on, and told once", async () => {
    registry.take("anna", "a1");
    registry.take("anna", "a2");
    expect(await statusOf("anna")).toBe("online");
    expect(await statusOf("ben")).toBe("offline");
    expect(changes).toEqual([["anna", "online"]]);
  });

  it("is away only when every connection is", () => {
    registry.take("anna", "a1");
    registry.take("anna", "a2");
    registry.renew("anna", "a1", "away");
    expect(changes).toEqual([["anna", "online"]]);
    registry.renew("anna", "a2", "away");
    registry.renew("anna", "a1");
    registry.renew("anna", "a1", "online");
    expect(changes.slice(1)).toEqual([
      ["anna", "away"],
      ["anna", "online"],
    ]);
  });

  it("goes offline a few seconds after the last connection, once", async () => {
    registry.take("anna", "a1");
    registry.take("anna", "a2");
    registry.release("anna", "a1");
    vi.advanceTimersByTime(20_000);
    registry.release("anna", "a2");
    registry.release("anna", "a2");
    vi.advanceTimersByTime(4_900);
    expect(await statusOf("anna")).toBe("online");
    vi.advanceTimersByTime(1_000);
    expect(await statusOf("anna")).toBe("offline");
    expect(changes).toEqual([
      ["anna", "online"],
      ["anna", "offline"],
    ]);
  });

  it("does not flicker when the page is reloaded", async () => {
    registry.take("anna", "a1");
    registry.release("anna", "a1");
    vi.advanceTimersByTime(3_000);
    registry.take("anna", "a2");
    vi.advanceTimersByTime(30_000);
    expect(await statusOf("anna")).toBe("online");
    expect(changes).toEqual([["anna", "online"]]);
  });

  it("hears at once that somebody is away who came back a moment ago", () => {
    registry.take("anna", "a1");
    registry.release("anna", "a1");
    registry.take("anna", "a2");
    registry.renew("anna", "a2", "away");
    expect(changes.at(-1)).toEqual(["anna", "away"]);
  });

  it("ends a lease that nobody renews after 60 seconds, each for itself", async () => {
    registry.take("anna", "silent");
    registry.take("anna", "alive");
    registry.take("ben", "b1");
    registry.renew("anna", "alive", "away");
    for (let n = 0; n < 3; n += 1) {
      vi.advanceTimersByTime(25_000);
      registry.renew("anna", "alive");
    }
    expect(await statusOf("anna")).toBe("away");
    expect(await statusOf("ben")).toBe("offline");
    expect(changes.slice(2)).toEqual([
      ["anna", "away"],
      ["ben", "offline"],
    ]);
  });

  it("does not come back by a late sign of life", async () => {
    registry.take("anna", "a1");
    registry.release("anna", "a1");
    registry.renew("anna", "a1", "online");
    vi.advanceTimersByTime(6_000);
    registry.renew("anna", "a1", "online");
    expect(await statusOf("anna")).toBe("offline");
  });
});
