// Every file of this repository that a document names, in a link or in backticks, must exist.
// A document may name files that live elsewhere: <!-- elsewhere: parley.config.ts, chat.html -->
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const TOP = new Set(["README.md", "ARCHITECTURE.md", "STYLE.md", "CONTRIBUTING.md", "SECURITY.md"]);
const MADE_BY_RUNNING = new Set(["node_modules", "dist", "data", "coverage", ".cache", ".git"]);
const FILE_NAME = /^[\w.@/-]+\.(tsx?|mjs|cjs|json|sql|md|ya?ml|css|html|svg|png)$/;

/**
 * Lists what the documents name and the repository does not have, as "document: name".
 * @param {string} root the repository's folder
 */
export function findMissingFiles(root) {
  const files = [...filesBelow(root)].map((file) => relative(root, file).split(sep).join("/"));
  const folders = new Set(
    readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])),
  );
  const documents = files.filter((file) => TOP.has(file) || /^docs\/.*\.md$/.test(file));
  return documents.flatMap((document) => {
    const text = readFileSync(join(root, document), "utf8").replace(/^(```|~~~)[\s\S]*?^\1/gm, "");
    const elsewhere = new Set(
      [...text.matchAll(/<!-- elsewhere: (.*?) -->/g)].flatMap((match) => match[1].split(/,\s*/)),
    );
    const isThere = (name) => existsSync(join(root, name)) || files.some((file) => file.endsWith(`/${name}`));
    const isNamed = (name) => !elsewhere.has(name) && looksLikeFile(name, folders);
    const quoted = inBackticks(text).filter((name) => isNamed(name) && !isThere(name));
    const linked = inLinks(text).filter((target) => !existsSync(resolve(root, dirname(document), target)));
    return [...quoted, ...linked].map((name) => `${document}: ${name}`);
  });
}

function inBackticks(text) {
  return [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1].replace(/:\d+$/, ""));
}

function inLinks(text) {
  const targets = [...text.matchAll(/\]\(([^)\s]+)[^)]*\)/g), ...text.matchAll(/(?:src|href)="([^"]+)"/g)];
  return targets
    .map((match) => decodeURI(match[1].split("#")[0]))
    .filter((target) => target !== "" && !/^[a-z][a-z0-9+.-]*:/i.test(target) && !target.startsWith("/"));
}

/** A path that begins with one of our folders, or a bare name with an ending that our files have. */
function looksLikeFile(name, folders) {
  const parts = name.split("/");
  if (parts.some((part) => MADE_BY_RUNNING.has(part)) || /[*<>{}$…()]/.test(name)) return false;
  return FILE_NAME.test(name) || (parts.length > 1 && folders.has(parts[0]));
}

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (MADE_BY_RUNNING.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const missing = findMissingFiles(dirname(dirname(fileURLToPath(import.meta.url))));
  for (const line of missing) console.log(`no such file — ${line}`);
  process.exitCode = missing.length === 0 ? 0 : 1;
}
