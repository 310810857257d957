import type { PresenceStatus } from "@parley/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../platform/clock.ts";
import { createMemoryPresenceRegistry } from "./memory-presence-registry.ts";
import type { PresenceRegistry } from "./presence-registry.ts";
import { createSharedPresenceRegistry } from "./shared-presence-registry.ts";
import { boards, pass, type TestBoard, useStandingTime } from "../../../../../tests/support/presence-boards.ts";

/** What every driver keeps. */
const drivers: [string, TestBoard | null][] = [["memory", null], ...boards];

describe.each(drivers)("presence in %s", (_name, board) => {
  useStandingTime();
  let registry: PresenceRegistry;
  let changes: [string, PresenceStatus][];

  beforeEach(async () => {
    await board?.begin();
    changes = [];
    registry =
      board === null
        ? createMemoryPresenceRegistry(systemClock)
        : createSharedPresenceRegistry(systemClock, board.of("one"));
    registry.onChange((userId, status) => changes.push([userId, status]));
  });
  afterEach(() => registry.close());

  const statusOf = async (userId: string) => (await registry.statusOf([userId])).get(userId);

  it("is online from the first connection on, and told once", async () => {
    registry.take("anna", "a1");
    registry.take("anna", "a2");
    expect(await statusOf("anna")).toBe("online");
    expect(await statusOf("ben")).toBe("offline");
    await pass(250);
    expect(changes).toEqual([["anna", "online"]]);
  });

  it("is away only when every connection is", async () => {
    registry.take("anna", "a1");
    registry.take("anna", "a2");
    registry.renew("anna", "a1", "away");
    await pass(250);
    expect(changes).toEqual([["anna", "online"]]);
    registry.renew("anna", "a2", "away");
    registry.renew("anna", "a1");
    await pass(250);
    registry.renew("anna", "a1", "online");
    await pass(250);
    expect(changes.slice(1)).toEqual([
      ["anna", "away"],
      ["anna", "online"],
    ]);
  });

  it("goes offline a few seconds after the last connection, once", async () => {
    registry.take("anna", "a1");
    registry.take("anna", "a2");
    registry.release("anna", "a1");
    await pass(20_000);
    registry.release("anna", "a2");
    registry.release("anna", "a2");
    await pass(4_900);
    expect(await statusOf("anna")).toBe("online");
    await pass(1_000);
    expect(await statusOf("anna")).toBe("offline");
    expect(changes).toEqual([
      ["anna", "online"],
      ["anna", "offline"],
    ]);
  });

  it("does not flicker when the page is reloaded", async () => {
    registry.take("anna", "a1");
    registry.release("anna", "a1");
    await pass(3_000);
    registry.take("anna", "a2");
    await pass(30_000);
    expect(await statusOf("anna")).toBe("online");
    expect(changes).toEqual([["anna", "online"]]);
  });

  it("hears at once that somebody is away who came back a moment ago", async () => {
    registry.take("anna", "a1");
    registry.release("anna", "a1");
    registry.take("anna", "a2");
    registry.renew("anna", "a2", "away");
    await pass(250);
    expect(changes.at(-1)).toEqual(["anna", "away"]);
  });

  it("ends a lease that nobody renews after 60 seconds, each for itself", async () => {
    registry.take("anna", "silent");
    registry.take("anna", "alive");
    registry.take("ben", "b1");
    await pass(250);
    registry.renew("anna", "alive", "away");
    for (let n = 0; n < 3; n += 1) {
      await pass(25_000);
      registry.renew("anna", "alive");
    }
    expect(await statusOf("anna")).toBe("away");
    expect(await statusOf("ben")).toBe("offline");
    expect(new Map(changes.slice(2))).toEqual(
      new Map([
        ["anna", "away"],
        ["ben", "offline"],
      ]),
    );
  });

  it("does not come back by a late sign of life", async () => {
    registry.take("anna", "a1");
    registry.release("anna", "a1");
    registry.renew("anna", "a1", "online");
    await pass(6_000);
    registry.renew("anna", "a1", "online");
    expect(await statusOf("anna")).toBe("offline");
  });
});
