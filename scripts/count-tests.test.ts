import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { countTests } from "./count-tests.mjs";

describe("countTests", () => {
  let file: string;
  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), "parley-count-")), "report.json");
  });
  afterEach(() => rmSync(join(file, ".."), { recursive: true }));

  const report = (passed: number, failed: number, files: object[] = []) =>
    writeFileSync(
      file,
      JSON.stringify({
        numPassedTests: passed,
        numFailedTests: failed,
        numPendingTests: 2,
        numTodoTests: 1,
        testResults: files,
      }),
    );

  it("counts what the report says", () => {
    report(7, 3, [{ status: "failed", assertionResults: [{}] }]);
    expect(countTests(file, 1)).toEqual({ passed: 7, failed: 3, skipped: 3 });
  });

  it("counts a file that could not be loaded", () => {
    report(7, 3, [{ status: "failed", assertionResults: [] }]);
    expect(countTests(file, 1).failed).toBe(4);
  });

  it("never calls a failed run a success", () => {
    report(7, 0);
    expect(countTests(file, 0).failed).toBe(0);
    expect(countTests(file, 1).failed).toBe(1);
    rmSync(file);
    expect(countTests(file, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    writeFileSync(file, "{ half a rep");
    expect(countTests(file, 0).failed).toBe(1);
  });
});
