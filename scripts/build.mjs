// npm run build: compiles the packages and the server to dist, and bundles the web apps.
import "./require-node.mjs";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { compressFiles } from "./compress-files.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { root, runTool } from "./run-program.mjs";
import { sayItGoesOn } from "./say-it-goes-on.mjs";

const STAMP = join(root, ".cache", "built-from");
const NOT_SOURCES = new Set(["node_modules", "dist", "data", "coverage", ".cache"]);

/** Builds when a source has changed since the last build (by content), or its result is gone. Throws when it fails. */
export async function ensureBuilt() {
  const sources = hashSources();
  if (readStamp() === sources && resultsExist()) return;
  await sayItGoesOn("Building (only when a source has changed; half a minute, or a few on a busy machine)", build);
  mkdirSync(join(root, ".cache"), { recursive: true });
  writeFileSync(STAMP, sources);
}

/** Builds everything. Throws when a step fails; the compiler has said why by then. */
export async function build() {
  if ((await runTool("typescript", "tsc", ["-b"])).code !== 0) throw new Error("TypeScript found errors.");
  for (const folder of bundledFolders()) {
    const options = { cwd: join(root, folder) };
    if ((await runTool("vite", "vite", ["build", "--logLevel=warn"], options)).code !== 0) {
      throw new Error(`${folder} could not be bundled.`);
    }
    compressFiles(join(root, folder, "dist"));
  }
}

/** The folders below packages and apps that Vite bundles for browsers. */
export function bundledFolders() {
  return ["packages", "apps"].flatMap((parent) =>
    readdirSync(join(root, parent))
      .map((name) => `${parent}/${name}`)
      .filter((folder) => existsSync(join(root, folder, "vite.config.ts"))),
  );
}

function resultsExist() {
  const bundles = bundledFolders().map((folder) => join(root, folder, "dist"));
  const areBundled = bundles.every((dist) => ["index.html", "embed.js"].some((file) => existsSync(join(dist, file))));
  return areBundled && existsSync(join(root, "apps", "server", "dist", "main.js"));
}

function readStamp() {
  return existsSync(STAMP) ? readFileSync(STAMP, "utf8") : null;
}

function hashSources() {
  const hash = createHash("sha256");
  for (const folder of ["packages", "apps"]) {
    for (const file of filesBelow(join(root, folder))) hash.update(relative(root, file)).update(readFileSync(file));
  }
  for (const file of ["package-lock.json", "tsconfig.json", "tsconfig.base.json"])
    hash.update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

function* filesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !NOT_SOURCES.has(entry.name)) yield* filesBelow(path);
    else if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) yield path;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await ensureInstalled();
    await build();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
