import { describe, expect, it } from "vitest";
import { columnTypes, toIsoTimestamp } from "./column-types.ts";

const parse = (oid: number, text: string): unknown => {
  const parser = columnTypes.getTypeParser as (oid: number, format: "text") => (text: string) => unknown;
  return parser(oid, "text")(text);
};

describe("what comes out of a column", () => {
  it.each([
    ["2026-11-21 09:30:00+00", "2026-11-21T09:30:00.000Z"],
    ["2026-11-21 09:30:00.1+00", "2026-11-21T09:30:00.100Z"],
    ["2026-11-21 09:30:00.12+00", "2026-11-21T09:30:00.120Z"],
    ["2026-11-21 09:30:00.123+00", "2026-11-21T09:30:00.123Z"],
    ["2026-11-21 09:30:00.123456+00", "2026-11-21T09:30:00.123Z"],
  ])("%s is %s", (text, iso) => {
    expect(toIsoTimestamp(text)).toBe(iso);
    expect(new Date(iso).toISOString()).toBe(iso);
    expect(parse(1184, text)).toBe(iso);
  });

  it("is a number for a bigint, and what pg makes of it otherwise", () => {
    expect(parse(20, "9007199254740991")).toBe(Number.MAX_SAFE_INTEGER);
    expect(parse(16, "t")).toBe(true);
    expect(parse(25, "1")).toBe("1");
  });
});
