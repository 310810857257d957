import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bugs } from "./bugs.ts";
import { patchServer } from "./patch-server.ts";
import { runBug } from "./run-bug.ts";

const folder = mkdtempSync(join(tmpdir(), "parley-bugs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Those that come out for certain, and soon; `npm run faults -- --bugs` tries all of them. */
const QUICK = ["a repeat is not known to be one", "who takes part is remembered, and revocations are not looked at"];

describe("a bug in the server", () => {
  it.each(bugs.map((bug, index) => [bug.name, bug, index] as const))("can be put in: %s", (_, bug, index) => {
    expect(() => patchServer(join(folder, `patched-${index}`), bug)).not.toThrow();
  });

  it.each(QUICK)("is found: %s", async (name) => {
    const bug = bugs.find((candidate) => candidate.name === name);
    if (bug === undefined) throw new Error(`There is no bug "${name}".`);
    const result = await runBug(bug, 1, join(folder, name));
    expect(result.violations.map(({ invariant }) => invariant)).toEqual(expect.arrayContaining(bug.breaks.slice()));
  });

  it("is refused when its place is not there any more", () => {
    const patches = [{ file: "dist/main.js", find: "nothing like this", put: "" }];
    const bug = { name: "a bug of yesterday", patches, breaks: [], faults: null, seconds: 1 };
    expect(() => patchServer(join(folder, "yesterday"), bug)).toThrow(/a bug of yesterday/);
  });
});
