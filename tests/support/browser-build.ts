import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { root, runTool } from "../../scripts/run-program.mjs";

const PACKAGES = ["packages/protocol", "packages/client", "packages/react"];

/** Bundles the web app when one of its sources is newer than the last bundle. Throws when that fails. */
export const ensureWebApp = (): Promise<void> => ensureBundle("apps/web", "index.html", PACKAGES);

/** Bundles the custom elements, in the same way. */
export const ensureEmbed = (): Promise<void> => ensureBundle("packages/embed", "embed.js", PACKAGES);

/** Bundles the page of an example, in the same way. */
export const ensureExample = (name: string): Promise<void> =>
  ensureBundle(`examples/${name}`, "index.html", [...PACKAGES, "examples/public"]);

async function ensureBundle(folder: string, result: string, others: readonly string[]): Promise<void> {
  const built = join(root, folder, "dist", result);
  const builtAt = existsSync(built) ? statSync(built).mtimeMs : 0;
  if ([folder, ...others].every((source) => newestBelow(join(root, source)) < builtAt)) return;
  const { code, output } = await runTool("vite", "vite", ["build", "--logLevel=warn"], {
    cwd: join(root, folder),
    capture: true,
    // Under the tests' own word for it Vite would build what only developers need.
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (code !== 0) throw new Error(`${folder} could not be bundled.\n${output}`);
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
