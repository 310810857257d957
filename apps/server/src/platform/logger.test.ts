import pg from "pg";
import { describe, expect, it } from "vitest";
import type { ErrorReport } from "./define-config.ts";
import { createLogger } from "./logger.ts";

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger("info", { destination: { write: (line: string) => lines.push(line) } }));
  return lines.join("");
}

describe("createLogger", () => {
  it("blanks tokens, keys and contents wherever they were put", () => {
    const text = logged((logger) =>
      logger.info({
        token: "s1",
        auth: { secretKey: "s2" },
        req: { headers: { authorization: "s3" } },
        m: { content: "s4" },
      }),
    );
    expect(text).not.toMatch(/s[1-4]/);
  });

  it("writes an error of PostgreSQL without what it quotes of the data", () => {
    const error = new pg.DatabaseError('invalid input syntax for type uuid: "Geheimnis"', 10, "error");
    Object.assign(error, { severity: "ERROR", code: "22P02", detail: "Geheimnis", routine: "string_to_uuid" });
    const wrapped = new Error("could not load", { cause: error });
    const text = logged((logger) => logger.error({ err: wrapped }));
    expect(text).not.toContain("Geheimnis");
    expect(JSON.parse(text).err.cause).toMatchObject({ code: "22P02", routine: "string_to_uuid" });
    expect(text).toContain("could not load");
  });

  it("tells the host's hook of errors alone, with the facts, and lives with a hook that fails", async () => {
    const reports: ErrorReport[] = [];
    const destination = { write: () => {} };
    const onError = (report: ErrorReport) => {
      reports.push(report);
      throw new Error("the hook fails");
    };
    const logger = createLogger("info", { destination, onError });
    logger.warn({ err: new Error("not one") }, "A warning");
    logger.child({ worker: 1 }).error({ err: new TypeError("broken"), command: "message:send" }, "A command failed");
    logger.fatal("The end");
    await new Promise((resolve) => setImmediate(resolve));
    expect(reports).toEqual([
      {
        message: "A command failed",
        error: expect.objectContaining({ type: "TypeError", message: "broken" }),
        facts: { command: "message:send" },
      },
      { message: "The end", error: { type: "undefined" }, facts: {} },
    ]);
  });
});
