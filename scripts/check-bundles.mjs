// Sizes of what browsers load, against their limits; part of npm test, after the build. Sizes are gzip, in kB of 1,000 bytes.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { measureKit } from "./measure-kit.mjs";
import { root } from "./run-program.mjs";

const EMBED = "packages/embed/dist";
const WEB = "apps/web/dist";
/** The larger of the two languages. */
const WORDS = "de-";

/**
 * Each limit with how it is measured: from `entry` follow the imports that are loaded with it; `with` names chunks, by the
 * beginning of their names, that a person waits for beside it. What is loaded later (pickers, the other language) does not count.
 */
const LIMITS = [
  {
    name: "embed: a page with the popup's button",
    folder: EMBED,
    entry: "embed.js",
    with: [WORDS, "popup-view-"],
    kB: 40,
  },
  { name: "embed: the inbox on screen", folder: EMBED, entry: "embed.js", with: [WORDS, "Inbox-"], kB: 56 },
  { name: "embed: a conversation on screen", folder: EMBED, entry: "embed.js", with: [WORDS, "Chatbox-"], kB: 60 },
  {
    name: "embed: the inbox with a conversation beside it",
    folder: EMBED,
    entry: "embed.js",
    with: [WORDS, "Inbox-", "Chatbox-"],
    kB: 73,
  },
  {
    name: "web app: a page of messages, scripts and styles",
    folder: WEB,
    entry: "index.html",
    with: ["MessagesPage-"],
    kB: 86,
  },
];

/** In kB, with both languages. */
const KIT = 45;

/** @returns {{ name: string, kB: number, limit: number }[]} what is built, with its size */
export function measureBundles(limits = LIMITS) {
  return limits
    .filter(({ folder, entry }) => existsSync(join(root, folder, entry)))
    .map(({ name, folder, entry, with: more, kB }) => {
      const files = loadedWith(join(root, folder), entry, more);
      const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
      return { name, kB: bytes / 1_000, limit: kB };
    });
}

/** The files that come with the entry, by static imports, scripts and style sheets. */
function loadedWith(folder, entry, more) {
  const waiting = [join(folder, entry)];
  const scripts = filesBelow(folder).filter((file) => file.endsWith(".js"));
  for (const start of more) {
    const later = scripts.filter((file) => relative(dirname(file), file).startsWith(start));
    if (later.length === 0) throw new Error(`${folder} has no chunk ${start}…: what is it called now?`);
    waiting.push(...later);
  }
  const seen = new Set();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file) || !existsSync(file)) continue;
    seen.add(file);
    waiting.push(...namedBy(file, folder));
  }
  return [...seen];
}

function namedBy(file, folder) {
  const text = readFileSync(file, "utf8");
  if (file.endsWith(".html")) {
    return [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => join(folder, path));
  }
  if (!file.endsWith(".js")) return [];
  return [...text.matchAll(/(?:\bimport|\bfrom)\s*["'`](\.[^"'`]+\.js)["'`]/g)].map(([, path]) =>
    join(dirname(file), path),
  );
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** Prints a line for each, and resolves with how many keep to their limit and how many do not. */
export async function checkBundles() {
  const kit = {
    name: "kit: its three components, without React and client",
    kB: (await measureKit()) / 1_000,
    limit: KIT,
  };
  const measured = [...measureBundles(), kit];
  for (const { name, kB, limit } of measured) {
    console.log(`${kB <= limit ? "✓" : "✗"} ${name}: ${kB.toFixed(1)} kB of ${limit}`);
  }
  const failed = measured.filter(({ kB, limit }) => kB > limit).length;
  return { passed: measured.length - failed, failed };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = (await checkBundles()).failed === 0 ? 0 : 1;
}
