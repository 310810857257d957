import type { PresenceStatus } from "@parley/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { boards, pass, useStandingTime } from "../../../../../tests/support/presence-boards.ts";
import { systemClock } from "../../platform/clock.ts";
import type { PresenceRegistry } from "./presence-registry.ts";
import { createSharedPresenceRegistry } from "./shared-presence-registry.ts";

describe.each(boards)("presence of several processes, over %s", (_name, board) => {
  useStandingTime();
  let one: PresenceRegistry;
  let other: PresenceRegistry;
  let told: string[];

  const startProcess = (name: string): PresenceRegistry => {
    const registry = createSharedPresenceRegistry(systemClock, board.of(name));
    registry.onChange((userId: string, status: PresenceStatus) => told.push(`${name}: ${userId} ${status}`));
    return registry;
  };

  beforeEach(async () => {
    await board.begin();
    told = [];
    one = startProcess("one");
    other = startProcess("other");
    await pass(1_000);
  });
  afterEach(() => {
    one.close();
    other.close();
  });

  const seenBy = async (registry: PresenceRegistry, ...userIds: string[]) => [
    ...(await registry.statusOf(userIds)).values(),
  ];

  it("is one, and each change is told by one of them", async () => {
    one.take("anna", "a1");
    await pass(250);
    other.take("anna", "a2");
    other.renew("anna", "a2", "away");
    other.take("ben", "b1");
    await pass(2_000);
    expect(await seenBy(one, "anna", "ben", "carl")).toEqual(["online", "online", "offline"]);
    one.renew("anna", "a1", "away");
    await pass(2_000);
    expect(await seenBy(other, "anna")).toEqual(["away"]);
    other.release("anna", "a2");
    await pass(10_000);
    one.release("anna", "a1");
    await pass(10_000);
    expect(told).toEqual(["one: anna online", "other: ben online", "one: anna away", "one: anna offline"]);
  });

  it("does not flicker when somebody moves from one to the other", async () => {
    one.take("anna", "a1");
    await pass(250);
    one.release("anna", "a1");
    await pass(4_000);
    other.take("anna", "a2");
    await pass(30_000);
    expect(told).toEqual(["one: anna online"]);
  });

  it("ends what a killed process had said, and a living one tells it once", async () => {
    one.take("anna", "a1");
    one.take("ben", "b1");
    other.take("ben", "b2");
    await pass(1_000);
    told = [];
    one.close();
    await pass(10_000);
    expect(await seenBy(other, "anna")).toEqual(["online"]);
    await pass(10_000);
    expect(await seenBy(other, "anna", "ben")).toEqual(["offline", "online"]);
    expect(told).toEqual(["other: anna offline"]);
  });

  it("gives up and takes over many people in pieces", async () => {
    const many = Array.from({ length: 700 }, (_, n) => `person ${n}`);
    for (const userId of many) one.take(userId, `connection of ${userId}`);
    await pass(1_000);
    expect(told).toHaveLength(700);
    expect(new Set(await seenBy(other, ...many))).toEqual(new Set(["online"]));
    await board.flush();
    await pass(2_000);
    expect(new Set(await seenBy(other, ...many))).toEqual(new Set(["online"]));
    told = [];
    one.close();
    await pass(20_000);
    expect(new Set(await seenBy(other, ...many))).toEqual(new Set(["offline"]));
    expect(new Set(told).size).toBe(700);
    expect(told).toHaveLength(700);
  });

  it("is what each process knows itself while the board is away, and right again afterwards", async () => {
    one.take("anna", "a1");
    other.take("ben", "b1");
    one.take("carl", "c1");
    other.take("carl", "c2");
    await pass(1_000);
    told = [];
    board.cut();
    await pass(2_000);
    one.take("dora", "d1");
    one.release("carl", "c1");
    other.release("ben", "b1");
    await pass(10_000);
    expect(told.sort()).toEqual(["one: carl offline", "one: dora online", "other: ben offline"]);
    expect(await seenBy(one, "anna", "dora", "ben")).toEqual(["online", "online", "offline"]);
    told = [];
    board.mend();
    await pass(2_000);
    expect(await seenBy(other, "anna", "ben", "carl", "dora")).toEqual(["online", "offline", "online", "online"]);
    expect(new Set(told)).toEqual(new Set(["one: carl online", "one: dora online", "other: ben offline"]));
  });

  it("is not waited for when the board falls silent", async () => {
    one.take("anna", "a1");
    other.take("ben", "b1");
    await pass(1_000);
    board.silence();
    const seen = seenBy(one, "anna", "ben");
    await pass(750);
    expect(await seen).toEqual(["online", "offline"]);
    board.mend();
    await pass(1_000);
    expect(await seenBy(one, "anna", "ben")).toEqual(["online", "online"]);
  });

  it("is written down anew after the board was emptied", async () => {
    one.take("anna", "a1");
    other.take("ben", "b1");
    await pass(1_000);
    await board.flush();
    await pass(2_000);
    expect(await seenBy(one, "anna", "ben")).toEqual(["online", "online"]);
    told = [];
    one.release("anna", "a1");
    await pass(10_000);
    expect(told).toEqual(["one: anna offline"]);
  });

  it("takes back what was given up too early", async () => {
    one.take("anna", "a1");
    await pass(1_000);
    const stalled = createSharedPresenceRegistry({ ...systemClock, every: () => () => {} }, board.of("stalled"));
    stalled.take("ben", "b1");
    await pass(20_000);
    expect(await seenBy(one, "ben")).toEqual(["offline"]);
    stalled.take("carl", "c1");
    await pass(1_000);
    expect(await seenBy(one, "ben", "carl")).toEqual(["online", "online"]);
    stalled.close();
  });

  it("knows people by ids of any kind", async () => {
    const ids = ["status", "1", "ä ö\n", "processes", "of:one", "__proto__", "o'neil"];
    ids.forEach((userId, index) => one.take(userId, `connection ${index}`));
    await pass(1_000);
    expect(await seenBy(other, ...ids)).toEqual(ids.map(() => "online"));
    expect(await seenBy(other, ...Array.from({ length: 2_500 }, (_, n) => `nobody ${n}`), "1")).toHaveLength(2_501);
  });
});
