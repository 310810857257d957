import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { pageOf, startHost } from "../../examples/host.mjs";
import { findProgram } from "../../scripts/find-programs.mjs";
import { root, runTool } from "../../scripts/run-program.mjs";
import { CHROMIUM_ARGS } from "./browser.ts";
import { watchContext } from "./browser-watch.ts";
import { findSteadyPort } from "./find-steady-port.ts";
import { JWT_SECRET, SECRET_KEY, startServer, type TestServer } from "./start-server.ts";

/** A host's page on its own origin, with a strict policy, and Parley on another. */
export interface EmbedStage {
  readonly parley: TestServer;
  readonly hostUrl: string;
  readonly conversationId: string;
  /** The host's page in a window of its own, signed in there. */
  open(person: "ana" | "ben", options?: { width?: number; height?: number }): Promise<Page>;
  /** What no window may do: complain, break the host's policy, ask a third party. */
  readonly complaints: string[];
  stop(): Promise<void>;
}

const SOURCES = ["packages/embed", "packages/protocol", "packages/client", "packages/react"];

/** Builds the script and the example where a source is newer, and starts all that it takes. */
export async function openEmbedStage(example: "html" | "react" | "vue"): Promise<EmbedStage> {
  await ensureBundle("packages/embed", SOURCES);
  if (example !== "html") await ensureBundle(`examples/${example}`, [`examples/${example}`, ...SOURCES]);
  const port = await findSteadyPort();
  const hostUrl = `http://localhost:${port}`;
  const parley = await startServer({ allowedOrigins: [hostUrl] });
  const secrets = { jwtSecret: JWT_SECRET, secretKey: SECRET_KEY };
  const host = await startHost({ folder: pageOf(example), parleyUrl: parley.url, port, ...secrets });
  const browser = await chromium.launch({ executablePath: findProgram("chromium") ?? "", args: CHROMIUM_ARGS });
  const complaints: string[] = [];
  return {
    parley,
    hostUrl,
    conversationId: host.conversationId,
    complaints,
    open: async (person, { width = 1280, height = 800 } = {}) => {
      const context = await makeContext(browser, width, height);
      const heard = await watchContext(context, hostUrl);
      context.on("close", () => complaints.push(...heard.filter((line) => !line.includes(new URL(parley.url).host))));
      const page = await context.newPage();
      await page.goto(`${hostUrl}/?as=${person}`);
      return page;
    },
    stop: async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
      await browser.close();
      await host.close();
      await parley.stop();
    },
  };
}

async function makeContext(browser: Browser, width: number, height: number): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width, height } });
  context.setDefaultTimeout(15_000);
  return context;
}

async function ensureBundle(folder: string, sources: readonly string[]): Promise<void> {
  const dist = join(root, folder, "dist");
  const builtAt = existsSync(dist) ? statSync(dist).mtimeMs : 0;
  if (sources.every((source) => newestBelow(join(root, source)) < builtAt)) return;
  const { code, output } = await runTool("vite", "vite", ["build", "--logLevel=warn"], {
    cwd: join(root, folder),
    capture: true,
    // Vitest's own word for it would build the parts that only developers need.
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (code !== 0) throw new Error(`${folder} could not be bundled.\n${output}`);
}

/** When the newest file below was changed, in ms since the epoch; tests and results do not count. */
function newestBelow(folder: string): number {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    if (/^(node_modules|dist)$|\.test\.tsx?$|^\./.test(entry.name)) return 0;
    const path = join(folder, entry.name);
    return entry.isDirectory() ? newestBelow(path) : statSync(path).mtimeMs;
  });
  return Math.max(0, ...times);
}
