// npm test: everything, on a fresh machine. The last line is "N passed, N failed", with ", N skipped" where there are some.
// npm test -- <filters>: only these tests, without the checks (npm run check). Vitest's options work, e.g. --project unit.
import "./require-node.mjs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { runChecks } from "./check.mjs";
import { checkBundles } from "./check-bundles.mjs";
import { countTests } from "./count-tests.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { ensurePrograms } from "./find-programs.mjs";
import { runTool } from "./run-program.mjs";

const filters = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };

// Nothing of it is needed before the tests.
const programs = ensurePrograms();
await step("install", ensureInstalled);
if (total.failed === 0) {
  await step("build", ensureBuilt);
  if (filters.length === 0) add(await checkBundles());
  const checks = filters.length === 0 ? checkBeside() : null;
  add(await runVitest());
  if (checks !== null) add(await checks());
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** A step that fails counts as one failed; what can still be tested is tested. */
async function step(name, run) {
  try {
    await run();
  } catch (error) {
    console.log(`✗ ${name}: ${error.message}`);
    total.failed += 1;
  }
}

/** Starts the checks in the time that the tests leave, which wait a good deal; what is returned tells what came of them. */
function checkBeside() {
  const lines = [];
  const counting = runChecks({ idle: true, say: (line) => lines.push(line) });
  return async () => {
    const counts = await counting;
    console.log(lines.join("\n"));
    return counts;
  };
}

async function runVitest() {
  const folder = mkdtempSync(join(tmpdir(), "parley-report-"));
  const report = join(folder, "report.json");
  // Vite sets NODE_ENV to production where it builds, in this process too; React has no test tools there.
  const env = { ...process.env, ...(await programs), NODE_ENV: "test" };
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...filters];
  const { code } = await runTool("vitest", "vitest", args, { env });
  const counts = countTests(report, code);
  rmSync(folder, { recursive: true, force: true });
  return counts;
}

function add(counts) {
  for (const [name, count] of Object.entries(counts)) total[name] += count;
}
