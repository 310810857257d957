import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { describeRound } from "./describe-round.ts";
import { runStalledReader } from "./run-stalled-reader.ts";

const folder = mkdtempSync(join(tmpdir(), "parley-stalled-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("a reader that stands still is cut off, costs little, disturbs nobody, and catches up", async () => {
  const result = await runStalledReader({ folder, seconds: 8 });
  console.log(describeRound(result));
  expect(result.violations).toEqual([]);
  expect(result.counts.sent).toBeGreaterThan(200);
});
