import { describe, expect, it } from "vitest";
import { translateDatabaseError } from "./translate-error.ts";

const failure = (code: string | undefined, message = "failed") =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

describe("a database error", () => {
  it.each([
    ["57014", "overloaded"],
    ["55P03", "overloaded"],
    ["53300", "overloaded"],
    ["57P01", "unavailable"],
    ["57P03", "unavailable"],
    ["40P01", "unavailable"],
    ["40001", "unavailable"],
    ["08006", "unavailable"],
    ["ECONNREFUSED", "unavailable"],
    ["ENOENT", "unavailable"],
  ])("%s is %s", (code, outcome) => {
    const error = failure(code);
    expect(translateDatabaseError(error)).toMatchObject({
      code: outcome,
      details: { retryAfterMs: 1_000 },
      cause: error,
    });
  });

  it.each(["Connection terminated unexpectedly", "timeout exceeded when trying to connect"])(
    "%s is unavailable",
    (text) => {
      expect(translateDatabaseError(failure(undefined, text))).toMatchObject({ code: "unavailable" });
    },
  );

  it("that is our own fault stays what it is", () => {
    for (const error of [
      failure("23505"),
      failure("42601"),
      failure("42501"),
      failure("22P02"),
      failure(undefined),
      "text",
      null,
    ]) {
      expect(translateDatabaseError(error)).toBe(error);
    }
  });
});
