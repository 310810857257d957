import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defaultClientConditions, defaultServerConditions, defineConfig, type Plugin, type Rolldown } from "vite";
import { selectFirstStyles, wordsIn } from "./src/select-first-styles.ts";

/** The page of the messages, and the one for signing in: the same app, but each names the files that it needs first. */
const PAGES = { "index.html": "/MessagesPage.tsx", "sign-in.html": "/SignInPage.tsx" };

/**
 * What is loaded later than the entry would be asked for only when that runs: one way there and back more. Each page names its own files.
 */
const namePageFiles: Plugin = {
  name: "name-page-files",
  enforce: "post",
  applyToEnvironment: ({ name }) => name === "client",
  generateBundle(_options, bundle) {
    const html = bundle["index.html"];
    if (html?.type !== "asset") return;
    const source = String(html.source);
    for (const [fileName, module] of Object.entries(PAGES)) {
      const links = scriptsFor(module, bundle).map((name) => `<link rel="modulepreload" crossorigin href="/${name}">`);
      const page = source.replace("</head>", `  ${[...links, fontIn(bundle)].join("\n    ")}\n  </head>`);
      if (fileName === "index.html") html.source = page;
      else this.emitFile({ type: "asset", fileName, source: page });
    }
  },
};

/** The chunk with that module and all that it imports, but for what the entry brings anyway. */
function scriptsFor(module: string, bundle: Rolldown.OutputBundle): string[] {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const found = new Set<string>();
  const waiting = chunks
    .filter(({ facadeModuleId }) => facadeModuleId?.endsWith(module))
    .map(({ fileName }) => fileName);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...(chunks.find(({ fileName }) => fileName === name)?.imports ?? []));
  }
  return [...found].filter((name) => !chunks.some(({ isEntry, fileName }) => isEntry && fileName === name));
}

/** The font of nearly all letters, which the browser would ask for only when it has the styles and a text. */
function fontIn(bundle: Rolldown.OutputBundle): string {
  const name = Object.keys(bundle).find((file) => /figtree-latin-wght-normal-[^/]+\.woff2$/.test(file));
  if (name === undefined) throw new Error("The page's font is not in the bundle.");
  return `<link rel="preload" as="font" type="font/woff2" crossorigin href="/${name}">`;
}

/** Where what browsers load was built, before what the server renders with. */
const built = (path: string): string => readFileSync(fileURLToPath(new URL(`dist/${path}`, import.meta.url)), "utf8");

/**
 * The rules that the first picture of a conversation is drawn with, beside what renders it: the server puts them into the page. Those of
 * all classes that our components, or the page around them, might name: the picture may hold any of them.
 */
const nameFirstStyles: Plugin = {
  name: "name-first-styles",
  applyToEnvironment: ({ name }) => name === "ssr",
  generateBundle(_options, bundle) {
    const page = built("index.html");
    const [, styles] = /<link rel="stylesheet"[^>]* href="\/([^"]+)"/.exec(page) ?? [];
    if (styles === undefined) throw new Error("The page names no stylesheet.");
    const files = ["render-first-paint.js", ...scriptsFor("/render-first-paint.tsx", bundle)].map(
      (name) => bundle[name],
    );
    const modules = files.flatMap((file) => (file?.type === "chunk" ? Object.entries(file.modules) : []));
    const components = modules.filter(([id]) => id.endsWith(".tsx")).map(([, { code }]) => code ?? "");
    const words = [page, ...components, "first-paint"].flatMap(wordsIn);
    const source = selectFirstStyles(built(styles), new Set(words));
    if (source.includes("</")) throw new Error("The styles would end the element that they stand in.");
    this.emitFile({ type: "asset", fileName: "first-paint.css", source });
  },
};

/** Preact in the place of React, in what browsers get: a tenth of the size, and the messages are there sooner. */
const preactForReact: Plugin = {
  name: "preact-for-react",
  apply: "build",
  enforce: "pre",
  applyToEnvironment: ({ name }) => name === "client",
  resolveId(source, importer, options) {
    const replacement = PREACT[source];
    return replacement === undefined ? null : this.resolve(replacement, importer, { ...options, skipSelf: true });
  },
};
const PREACT: Readonly<Record<string, string | undefined>> = {
  react: "preact/compat",
  "react-dom": "preact/compat",
  "react-dom/client": "preact/compat/client",
  "react/jsx-runtime": "preact/jsx-runtime",
  "react/jsx-dev-runtime": "preact/jsx-runtime",
};

/** "use client" speaks to frameworks with servers of their own; here it says nothing, and is no fault. */
const withoutDirectives: Plugin = {
  name: "without-directives",
  onLog: (_level, { code }) => code !== "MODULE_LEVEL_DIRECTIVE",
};

export default defineConfig({
  plugins: [preactForReact, namePageFiles, nameFirstStyles, withoutDirectives],
  resolve: { conditions: ["source", ...defaultClientConditions] },
  // One build makes both: what browsers load, and what the server renders the first picture with.
  builder: {},
  build: {
    target: "es2022",
    // The first browsers with light-dark(), which the themes are made of.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // Nothing is inlined: the page's policy allows neither inline scripts nor data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  environments: {
    ssr: {
      resolve: { conditions: ["source", ...defaultServerConditions], noExternal: true },
      define: {
        "process.env.NODE_ENV": '"production"',
        // The server has no window to ask.
        "window.matchMedia": "undefined",
      },
      build: {
        outDir: "dist/server",
        copyPublicDir: false,
        target: "node20",
        ssr: true,
        rolldownOptions: { input: "src/render-first-paint.tsx" },
      },
    },
  },
  server: {
    proxy: {
      "/api": "http://localhost:3000",
      "/socket.io": { target: "http://localhost:3000", ws: true },
    },
  },
});
