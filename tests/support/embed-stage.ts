import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { pageOf, startHost } from "../../examples/host.mjs";
import { findProgram } from "../../scripts/find-programs.mjs";
import { CHROMIUM_ARGS } from "./browser.ts";
import { ensureEmbed, ensureExample } from "./browser-build.ts";
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

/** Builds the script and the example where a source is newer, and starts all that it takes. */
export async function openEmbedStage(example: "html" | "react" | "vue"): Promise<EmbedStage> {
  await ensureEmbed();
  if (example !== "html") await ensureExample(example);
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
