import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { root, runTool } from "../../scripts/run-program.mjs";

const SOURCES = ["apps/web", "packages/protocol", "packages/client", "packages/react"];
const RESULT = join(root, "apps", "web", "dist", "index.html");

/** Bundles the web app when one of its sources is newer than the last bundle. Throws when that fails. */
export async function ensureWebApp(): Promise<void> {
  const builtAt = existsSync(RESULT) ? statSync(RESULT).mtimeMs : 0;
  if (SOURCES.every((folder) => newestBelow(join(root, folder)) < builtAt)) return;
  const options = { cwd: join(root, "apps", "web"), capture: true };
  const { code, output } = await runTool("vite", "vite", ["build", "--logLevel=warn"], options);
  if (code !== 0) throw new Error(`The web app could not be built.\n${output}`);
}

/** When the newest file below was changed, in ms since the epoch; tests and results do not count. */
function newestBelow(folder: string): number {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    if (/^(node_modules|dist)$|\.test\.tsx?$|^\./.test(entry.name)) return 0;
    const path = join(folder, entry.name);
    return entry.isDirectory() ? newestBelow(path) : statSync(path).mtimeMs;
  });
  return Math.max(0, ...times);
}
