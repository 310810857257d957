import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, runNpm } from "./run-program.mjs";
import { sayItGoesOn } from "./say-it-goes-on.mjs";

/** Dev tools build the app, and PostgreSQL is optional for npm: both are wanted whatever NODE_ENV or npm's settings say. */
const WHOLE = ["--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];

/**
 * Installs the packages when node_modules is missing or does not fit the lockfile; takes no time otherwise. Never changes
 * package.json or the lockfile. Throws when it cannot be done.
 */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await sayItGoesOn("Installing packages (once; a minute, or a few on a busy machine)", install);
}

async function install() {
  if (!existsSync(join(root, "node_modules"))) {
    // Refuses a lockfile that lacks another platform's packages; npm install below adds what this one needs.
    if ((await runNpm(["ci", ...WHOLE], { capture: true })).code === 0) return;
  }
  if ((await runNpm(["install", "--no-save", ...WHOLE])).code !== 0) {
    throw new Error("The packages could not be installed; npm has said why. Is the npm registry reachable?");
  }
}

/** npm notes what it has installed in node_modules/.package-lock.json; all that is not optional must be in there. */
function isInstalled() {
  const wanted = readPackages("package-lock.json");
  const present = readPackages(join("node_modules", ".package-lock.json"));
  if (present === null) return false;
  return Object.entries(wanted ?? {}).every(([path, entry]) => {
    if (!path.startsWith("node_modules/") || entry.optional || entry.devOptional) return true;
    return present[path] !== undefined && present[path].version === entry.version;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}
