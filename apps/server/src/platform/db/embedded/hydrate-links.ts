import { lstatSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

interface PackedLink {
  readonly source: string;
  readonly target: string;
}

/**
 * Re-creates the library links that an npm package cannot carry, from `pg-symlinks.json` in the `native` folder.
 * The package's install script does the same, but npm 12, pnpm and `--ignore-scripts` do not run it.
 * Links that are there stay as they are. Throws the file system's error when the folder cannot be written.
 * @returns how many links were made
 */
export function hydrateLinks(native: string): number {
  let made = 0;
  for (const { source, target } of readLinks(native)) {
    const link = join(native, "..", target);
    if (exists(link)) continue;
    made += linkUnlessThere(relative(dirname(target), source), link);
  }
  return made;
}

/** Whether every link of `pg-symlinks.json` is there. */
export function linksAreComplete(native: string): boolean {
  return readLinks(native).every(({ target }) => exists(join(native, "..", target)));
}

/** Paths in the file start with `native/`, as seen from the package's folder. */
function readLinks(native: string): PackedLink[] {
  try {
    return JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")) as PackedLink[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function linkUnlessThere(to: string, link: string): number {
  try {
    symlinkSync(to, link);
    return 1;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return 0;
    throw error;
  }
}
