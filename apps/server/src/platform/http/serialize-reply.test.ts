import { type Endpoint, endpoints } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { compileSerializer, compileSerializers } from "./serialize-reply.ts";

describe("compileSerializer", () => {
  const schema = z.strictObject({
    text: z.string().nullable(),
    when: z.iso.datetime(),
    inner: z.strictObject({ n: z.int() }).meta({ id: "InnerOfTest" }).nullable(),
    counts: z.record(z.string(), z.int()),
    list: z.array(z.strictObject({ on: z.boolean() })),
    kind: z.enum(["a", "b"]),
    more: z.string().optional(),
  });
  const value = {
    text: 'a"\u2028b',
    when: "x",
    inner: { n: 1 },
    counts: { "a-1": 3 },
    list: [{ on: true }],
    kind: "a",
  };

  it("writes what the schema names and drops the rest, at any depth", () => {
    const extra = { ...value, secret: 1, inner: { n: 1, secret: 1 }, list: [{ on: true, secret: 1 }] };
    expect(JSON.parse(compileSerializer(schema)(extra))).toEqual(value);
  });

  it("writes null where it is allowed", () => {
    const nulls = { ...value, text: null, inner: null };
    expect(JSON.parse(compileSerializer(schema)(nulls))).toEqual(nulls);
  });

  it("refuses to leave out what was promised", () => {
    expect(() => compileSerializer(schema)({ ...value, counts: undefined })).toThrow('"counts" is required');
  });

  it("keeps text as it is", () => {
    expect(compileSerializer(z.string())('# HELP "x"')).toBe('# HELP "x"');
  });
});

it("every reply of the catalogue can be compiled", () => {
  for (const endpoint of Object.values<Endpoint>(endpoints)) {
    expect([...compileSerializers(endpoint).keys()]).toEqual(Object.keys(endpoint.responses).map(Number));
  }
});
