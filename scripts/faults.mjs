// npm run faults: breaks things under load and judges what happened. See tests/faults/main.ts for the options.
import "./require-node.mjs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { ensurePrograms } from "./find-programs.mjs";
import { root, runProgram } from "./run-program.mjs";

try {
  await ensureInstalled();
  await ensureBuilt();
  const env = { ...process.env, ...(await ensurePrograms()) };
  const main = join(root, "tests", "faults", "main.ts");
  const args = ["--conditions=source", "--import", "tsx", main, ...process.argv.slice(2)];
  process.exitCode = (await runProgram(process.execPath, args, { env })).code;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
