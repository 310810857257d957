import { describe, expect, it } from "vitest";
import { isUuid, uuidV7 } from "./uuid.ts";

describe("ids", () => {
  it("are UUIDs of version 7, that sort by their time", () => {
    const ids = [0, 1, 1_700_000_000_000, 1_700_000_000_001, 2 ** 48 - 1].map(uuidV7);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(isUuid(id)).toBe(true);
    }
    expect(ids.toSorted()).toEqual(ids);
    expect(Number.parseInt((ids[2] ?? "").replaceAll("-", "").slice(0, 12), 16)).toBe(1_700_000_000_000);
    expect(new Set(Array.from({ length: 1_000 }, () => uuidV7(1))).size).toBe(1_000);
  });

  it.each([
    ["", false],
    ["01932c9f-7a4b-7000-8000-000000000000", true],
    ["01932C9F-7A4B-7000-8000-000000000000", false],
    ["01932c9f7a4b70008000000000000000", false],
    ["{01932c9f-7a4b-7000-8000-000000000000}", false],
    ["01932c9f-7a4b-7000-8000-000000000000\n", false],
    ["01932c9f-7a4b-7000-8000-00000000000g", false],
    ["__proto__", false],
  ])("%j may be ours: %s", (id, outcome) => {
    expect(isUuid(id)).toBe(outcome);
  });
});
