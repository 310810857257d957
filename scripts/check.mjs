// npm run check: format, lint, types, boundaries, dead code, documents. Runs all of them and tells each one's result.
import "./require-node.mjs";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./ensure-installed.mjs";
import { root, runProgram, runTool } from "./run-program.mjs";

const FOLDERS = ["packages", "apps", "examples", "tests", "bench", "scripts"].filter((folder) =>
  existsSync(join(root, folder)),
);
const CHECKS = [
  { name: "format", run: (quietly) => runTool("@biomejs/biome", "biome", ["format", "."], quietly) },
  {
    name: "lint",
    run: (quietly) => runTool("oxlint", "oxlint", ["--type-aware", "--deny-warnings", ...FOLDERS], quietly),
  },
  { name: "types of what is built", run: (quietly) => runTool("typescript", "tsc", ["-b"], quietly) },
  {
    name: "types of tests and scripts",
    run: (quietly) => runTool("typescript", "tsc", ["-p", "tsconfig.check.json"], quietly),
  },
  { name: "import boundaries", run: (quietly) => runTool("dependency-cruiser", "depcruise", FOLDERS, quietly) },
  { name: "dead code", run: (quietly) => runTool("knip", "knip", ["--no-progress"], quietly) },
  {
    name: "files that the documents name",
    run: (quietly) => runProgram(process.execPath, [join(root, "scripts", "check-docs.mjs")], quietly),
  },
];

/**
 * Runs all checks, one after the other, and says a line for each; what a failing one says follows it.
 * @param {{ idle?: boolean, say?: (line: string) => void }} [options] `idle` takes only the time that others leave
 */
export async function runChecks({ idle = false, say = console.log } = {}) {
  const counts = { passed: 0, failed: 0 };
  for (const { name, run } of CHECKS) {
    const began = Date.now();
    const { code, output } = await run({ capture: true, idle });
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    say(`${code === 0 ? "✓" : "✗"} ${name} (${seconds} s)`);
    if (code !== 0) say(output.trimEnd());
    counts[code === 0 ? "passed" : "failed"] += 1;
  }
  return counts;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await ensureInstalled();
  const { failed } = await runChecks();
  process.exitCode = failed === 0 ? 0 : 1;
}
