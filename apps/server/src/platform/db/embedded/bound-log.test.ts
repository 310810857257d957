import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { boundLog } from "./bound-log.ts";

describe("boundLog", () => {
  let folder: string;
  beforeEach(() => {
    vi.useFakeTimers();
    folder = mkdtempSync(join(tmpdir(), "parley-log-"));
  });
  afterEach(() => {
    vi.useRealTimers();
    rmSync(folder, { recursive: true });
  });

  it("empties a log that has grown too long, keeping one older part, and goes on looking", () => {
    const file = join(folder, "postgres.log");
    writeFileSync(file, "first part");
    const end = boundLog(file, 20);
    expect(readFileSync(file, "utf8")).toBe("first part");
    appendFileSync(file, " and another part");
    vi.advanceTimersByTime(60_000);
    expect(readFileSync(file, "utf8")).toBe("");
    expect(readFileSync(`${file}.1`, "utf8")).toBe("first part and another part");
    end();
    appendFileSync(file, "x".repeat(100));
    vi.advanceTimersByTime(600_000);
    expect(readFileSync(file, "utf8")).toHaveLength(100);
  });
});
