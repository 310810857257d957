import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { hydrateLinks, linksAreComplete } from "./hydrate-links.ts";
import { USE_DATABASE_URL } from "./locate-binaries.ts";
import { canEnter, hasMode, type RunAs } from "./run-as.ts";
import { runProgram } from "./run-program.ts";

/** The programs, ready to run. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

/**
 * Makes the installed programs runnable: library links are completed in place; where that is not possible (read-only
 * node_modules) or the user that PostgreSQL runs as cannot reach them, a copy is made below `home`.
 * @param native the package's `native` folder
 */
export async function prepareBinaries(native: string, home: string, runAs: RunAs | null): Promise<Binaries> {
  const usable = isReachable(native, runAs) && completeLinks(native);
  const folder = usable ? native : copyNative(native, home);
  const binaries = inFolder(folder);
  await probe(binaries.postgres, runAs, home);
  return binaries;
}

function inFolder(native: string): Binaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => join(native, "bin", name + suffix);
  return { postgres: program("postgres"), initdb: program("initdb"), pgCtl: program("pg_ctl") };
}

function isReachable(native: string, runAs: RunAs | null): boolean {
  if (runAs === null) return true;
  const folders = ["bin", "lib", "share"].map((name) => join(native, name));
  return folders.every((folder) => canEnter(folder, runAs)) && hasMode(join(native, "bin", "postgres"), runAs, 0o5);
}

function completeLinks(native: string): boolean {
  try {
    hydrateLinks(native);
    return linksAreComplete(native);
  } catch {
    return false;
  }
}

/** One copy for each version of the package, complete or not there at all. */
function copyNative(native: string, home: string): string {
  const { version } = JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8")) as { version: string };
  const parent = join(home, "programs");
  const target = join(parent, version, "native");
  if (!existsSync(target)) {
    for (const old of existsSync(parent) ? readdirSync(parent) : []) rmSync(join(parent, old), { recursive: true });
    const half = join(parent, `${version}.half`);
    cpSync(native, join(half, "native"), { recursive: true, verbatimSymlinks: true });
    openToAll(half);
    renameSync(half, join(parent, version));
    chmodSync(parent, 0o755);
  }
  hydrateLinks(target);
  return target;
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, folder.endsWith("bin") ? 0o755 : 0o644);
  }
}

/** Runs `postgres --version`: what cannot start is told here, with a reason, and not by a failing initdb. */
async function probe(postgres: string, runAs: RunAs | null, cwd: string): Promise<void> {
  try {
    await runProgram(postgres, ["--version"], runAs, cwd);
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } };
    throw new Error(`${describeProbe(cause?.code, message)} ${USE_DATABASE_URL}`, { cause: error });
  }
}

/** Says in a sentence why the program did not run. A program that is there and yet "not found" lacks its loader: musl. */
export function describeProbe(code: string | number | undefined, message: string): string {
  if (code === "ENOENT") {
    return "The embedded PostgreSQL needs glibc, which this system does not have (Alpine and other musl systems are not supported).";
  }
  if (code === "EACCES")
    return "The embedded PostgreSQL may not be executed here (is the file system mounted noexec?).";
  return `The embedded PostgreSQL does not run on this system: ${message}.`;
}
