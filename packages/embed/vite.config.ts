import { stylesWithParts } from "./styles-with-parts.ts";
import { defaultClientConditions, defineConfig, type Plugin } from "vite";

/** The address that pages name: it is asked for anew each time, and names the rest, which never changes under its name. */
const nameStart: Plugin = {
  name: "name-start",
  generateBundle(_options, bundle) {
    const start = Object.values(bundle).find((file) => file.type === "chunk" && file.isEntry);
    this.emitFile({ type: "asset", fileName: "embed.js", source: `import "./${start?.fileName}";\n` });
  },
};

/** A page in another encoding than UTF-8 must not break a letter: everything beyond ASCII is written as an escape. */
const asciiOnly: Plugin = {
  name: "ascii-only",
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== "chunk") continue;
      file.code = file.code.replace(
        /[\u0080-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
    }
  },
};

export default defineConfig({
  plugins: [stylesWithParts(), asciiOnly, nameStart],
  // Chunks are found beside the script, wherever it is served from.
  base: "./",
  resolve: {
    conditions: ["source", ...defaultClientConditions],
    // Preact in the place of React: half the size.
    alias: [
      { find: /^react\/jsx-runtime$/, replacement: "preact/jsx-runtime" },
      { find: /^react-dom\/client$/, replacement: "preact/compat/client" },
      { find: /^react(-dom)?$/, replacement: "preact/compat" },
    ],
  },
  define: { "process.env.NODE_ENV": '"production"' },
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
        entryFileNames: "embed/[name]-[hash].js",
        // Emoji and words have files of the same name.
        chunkFileNames: ({ facadeModuleId }) =>
          `embed/${facadeModuleId?.endsWith(".json") === true ? "emoji-" : ""}[name]-[hash].js`,
        assetFileNames: "embed/[name]-[hash][extname]",
      },
    },
  },
});
