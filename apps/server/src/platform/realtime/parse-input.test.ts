import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "../app-error.ts";
import { parseInput } from "./parse-input.ts";

/** Takes everything, so that only the rules before the schema refuse. */
const anything = z.looseObject({});
const refusal = (input: unknown): unknown => {
  try {
    return parseInput(anything, input);
  } catch (error) {
    return error;
  }
};

describe("parseInput", () => {
  it.each(["__proto__", "constructor", "prototype"])("refuses the key %s at any depth", (key) => {
    const input: unknown = JSON.parse(`{"list": [{"${key}": {"a": 1}}]}`);
    expect(refusal(input)).toBeInstanceOf(AppError);
    expect(refusal(JSON.parse(`{"list": [{"${key}x": {"a": 1}}]}`))).toMatchObject({ list: expect.anything() });
  });

  it("refuses what is nested too deep, without running out of stack", () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`);
    expect(refusal(deep)).toBeInstanceOf(AppError);
  });

  it.each([[null], [[]], ["text"], [7], [undefined], [true]])("refuses %j, which is no object", (input) => {
    expect(refusal(input)).toMatchObject({ code: "invalid_request" });
  });

  it("says where the error is, in few words", () => {
    const schema = z.strictObject({ list: z.array(z.strictObject({ n: z.int() })) });
    const longKey = "k".repeat(50_000);
    expect(() => parseInput(schema, { list: [{ n: 1 }, { n: "two" }] })).toThrow(
      expect.objectContaining({
        details: { errors: [expect.objectContaining({ path: "list.1.n", code: "invalid_type" })] },
      }),
    );
    try {
      parseInput(schema, { [longKey]: 1 });
    } catch (error) {
      expect(JSON.stringify((error as AppError).toProblem()).length).toBeLessThan(2_000);
      expect(JSON.stringify((error as AppError).toProblem())).not.toContain("kkk");
    }
    expect.assertions(3);
  });
});
