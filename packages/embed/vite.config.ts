import { fileURLToPath } from "node:url";
import { limits } from "@parley/protocol";
import { shortNames, stylesWithParts } from "./styles-with-parts.ts";
import { defaultClientConditions, defineConfig, type Plugin } from "vite";

const source = (name: string): string => fileURLToPath(new URL(`src/${name}`, import.meta.url));

/** Of all limits, the elements need the few that they name: as numbers, where they are used. */
const limitsAsNumbers: Plugin = {
  name: "limits-as-numbers",
  transform: (code, id) =>
    /packages\/(?:client|react)\/src\//.test(id)
      ? code.replaceAll(/\blimits\.(\w+)/g, (text, name: string) =>
          String((limits as Record<string, number>)[name] ?? text),
        )
      : null,
};

/** The address that pages name: it is asked for anew each time, and names the rest, which never changes under its name. */
const nameStart: Plugin = {
  name: "name-start",
  generateBundle(_options, bundle) {
    const start = Object.values(bundle).find((file) => file.type === "chunk" && file.isEntry);
    this.emitFile({ type: "asset", fileName: "embed.js", source: `import "./${start?.fileName}";\n` });
  },
};

/** "use client" speaks to frameworks with servers of their own; here it says nothing, and is no fault. */
const withoutDirectives: Plugin = {
  name: "without-directives",
  onLog: (_level, { code }) => code !== "MODULE_LEVEL_DIRECTIVE",
};

export default defineConfig({
  plugins: [stylesWithParts(), shortNames, limitsAsNumbers, nameStart, withoutDirectives],
  // Chunks are found beside the script, wherever it is served from.
  base: "./",
  resolve: {
    conditions: ["source", ...defaultClientConditions],
    // Preact in the place of React: half the size.
    alias: [
      { find: /^react\/jsx-runtime$/, replacement: "preact/jsx-runtime" },
      { find: /^react$/, replacement: source("small-react.ts") },
      { find: /^react-dom$/, replacement: source("small-react-dom.ts") },
      { find: /^react-dom\/client$/, replacement: source("small-react-dom-client.ts") },
    ],
  },
  define: {
    "process.env.NODE_ENV": '"production"',
    // There is a page around them: what the client does elsewhere is left out.
    "typeof window": '"object"',
    "typeof document": '"object"',
    "typeof location": '"object"',
    "typeof indexedDB": '"object"',
    "typeof requestAnimationFrame": '"function"',
  },
  build: {
    target: "es2022",
    // light-dark() as it stands: what is put in its place forgets the page's own color-scheme.
    cssTarget: ["chrome123", "firefox125", "safari17.5"],
    assetsInlineLimit: 0,
    // As a library: without Vite's loader, which puts links into the page.
    lib: { entry: "src/start.ts", formats: ["es"] },
    rolldownOptions: {
      // What the parts share with the start stays in it.
      preserveEntrySignatures: false,
      output: {
        minify: true,
        comments: false,
        // Few large files: gzip finds in one what stands twice. What list and conversation share is one of its own.
        codeSplitting: {
          groups: [
            {
              name: "start",
              test: /rolldown\/runtime|embed\/src\/start|components\/(?:icons|Skeleton)|embed\/Frame|hooks\/use(?:Names|ChatState|Now|Countdown)/,
              priority: 3,
            },
            {
              name: "shown",
              test: /embed\/useOpened|NoticeBar|EmptyState|useMenuGestures|Ticks|rich-text\/plain|message-list\/timeline|problem-text|Avatar\.tsx|ConnectionBanner|useOnline|hooks\/use(?:Slot|Conversation|Self)\.ts/,
              priority: 2,
            },
          ],
        },
        entryFileNames: "embed/[name]-[hash].js",
        // Emoji and words have files of the same name.
        chunkFileNames: ({ facadeModuleId }) =>
          `embed/${facadeModuleId?.endsWith(".json") === true ? "emoji-" : ""}[name]-[hash].js`,
        assetFileNames: "embed/[name]-[hash][extname]",
      },
    },
  },
});
