import { describe, expect, it } from "vitest";
import { makeId } from "./make-id.ts";

describe("makeId", () => {
  it("makes UUIDs of version 7 with the time in front", () => {
    const now = Date.parse("2200-01-05T08:00:00.000Z");
    const id = makeId(now);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(now);
  });

  it("sorts in the order of making, within a millisecond and when the clock falls back", () => {
    const now = Date.parse("2201-01-05T08:00:00.000Z");
    const ids = Array.from({ length: 10_000 }, (_, index) => makeId(index % 3 === 0 ? now - 50 : now));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
