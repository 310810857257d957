// npm run bench: figures, side by side with floors and a naive baseline. See bench/main.ts for the options.
import "./require-node.mjs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { root, runProgram } from "./run-program.mjs";

try {
  await ensureInstalled();
  await ensureBuilt();
  const args = ["--conditions=source", "--import", "tsx", join(root, "bench", "main.ts"), ...process.argv.slice(2)];
  process.exitCode = (await runProgram(process.execPath, args)).code;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
