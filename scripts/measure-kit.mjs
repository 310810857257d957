// The kit's own size in a page of React: what comes with its three components, without React and without the client.
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "./run-program.mjs";

const ENTRY = "virtual:kit";

/** A page of a host in one line. */
const page = {
  name: "kit-page",
  resolveId: (source) => (source === ENTRY ? ENTRY : null),
  load: (id) => (id === ENTRY ? `export { Chatbox, ChatProvider, Inbox, Popup } from "@parley/react";` : null),
};

/** Bundles the kit as a host does. @returns {Promise<number>} gzip, in bytes, of the entry and what it imports at once */
export async function measureKit() {
  // npm test imports this file before anything is installed.
  const { build } = await import("vite");
  const result = await build({
    configFile: false,
    root: join(root, "examples/react"),
    logLevel: "error",
    plugins: [page],
    resolve: { conditions: ["source"] },
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: {
        input: ENTRY,
        preserveEntrySignatures: "strict",
        external: [/^react/, /^@parley\/(?!react)/],
        output: { minify: true },
      },
    },
  });
  const chunks = new Map([result].flat().flatMap(({ output }) => output.map((file) => [file.fileName, file])));
  const waiting = [...chunks.values()].filter((chunk) => chunk.isEntry);
  const seen = new Set(waiting);
  for (let chunk = waiting.pop(); chunk !== undefined; chunk = waiting.pop()) {
    const next = chunk.imports.map((name) => chunks.get(name)).filter((one) => one !== undefined && !seen.has(one));
    for (const one of next) seen.add(one);
    waiting.push(...next);
  }
  return [...seen].reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
}
