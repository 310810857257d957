import { describe, expect, it } from "vitest";
import { ExpiringMap } from "./expiring-map.ts";

function setUp() {
  const clock = { time: 10_000_000, now: () => clock.time, after: () => () => {}, every: () => () => {} };
  return { clock, map: new ExpiringMap<string, number>(clock, 1_000) };
}

describe("keys that end", () => {
  it("are there for their lifetime, from when they were last set", () => {
    const { clock, map } = setUp();
    map.set("one", 1);
    clock.time += 600;
    map.set("two", 2);
    map.set("one", 3);
    clock.time += 999;
    expect([map.get("one"), map.get("two"), map.size]).toEqual([3, 2, 2]);
    clock.time += 1;
    expect([map.get("one"), map.has("two"), map.delete("two")]).toEqual([undefined, false, false]);
  });

  it("are taken oldest first, as many as wanted", () => {
    const { clock, map } = setUp();
    for (const [index, key] of ["one", "two", "three"].entries()) map.set(key, index);
    clock.time += 1_000;
    map.set("four", 4);
    expect(map.takeEnded(2)).toEqual([
      ["one", 0],
      ["two", 1],
    ]);
    expect(map.takeEnded()).toEqual([["three", 2]]);
  });

  it("end a lifetime later at the latest, and hold nothing up, when the clock is put back", () => {
    const { clock, map } = setUp();
    map.set("before", 1);
    map.set("also before", 2);
    clock.time -= 3_600_000;
    map.set("after", 3);
    expect(map.takeEnded()).toEqual([]);
    clock.time += 1_000;
    expect(map.takeEnded().map(([key]) => key)).toEqual(["before", "also before", "after"]);
  });
});
