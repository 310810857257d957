// npm run fuzz -- --minutes 10: random requests and frames against a server of its own. See tests/fuzz/main.ts for the options.
import "./require-node.mjs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { root, runProgram } from "./run-program.mjs";

try {
  await ensureInstalled();
  await ensureBuilt();
  const main = join(root, "tests", "fuzz", "main.ts");
  const args = ["--conditions=source", "--import", "tsx", main, ...process.argv.slice(2)];
  process.exitCode = (await runProgram(process.execPath, args)).code;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
