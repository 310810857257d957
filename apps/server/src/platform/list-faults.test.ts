import { describe, expect, it } from "vitest";
import { z } from "zod";
import { listFaults } from "./list-faults.ts";

const schema = z.strictObject({
  list: z.array(z.strictObject({ n: z.int() })).default([]),
  byId: z.record(z.string().max(3), z.int()).default({}),
});
const faultsOf = (input: unknown) => listFaults(schema.safeParse(input).error ?? { issues: [] });

describe("listFaults", () => {
  it("names the field, its fault, and what was expected", () => {
    expect(faultsOf({ list: [{ n: 1 }, { n: "two" }] })).toEqual([
      { path: "list.1.n", code: "invalid_type", message: expect.stringContaining("expected") },
    ]);
  });

  it("does not repeat unknown keys", () => {
    expect(faultsOf({ secret: 1 })).toEqual([
      { path: "", code: "unrecognized_keys", message: "Holds keys that are not known here." },
    ]);
    const [fault] = faultsOf({ byId: { secret: 1 } });
    expect(fault).toMatchObject({ path: "byId", code: "invalid_key" });
    expect(JSON.stringify(fault)).not.toContain("secret");
  });

  it("lists twenty at most", () => {
    expect(faultsOf({ list: Array.from({ length: 50 }, () => ({ n: "x" })) })).toHaveLength(20);
  });
});
