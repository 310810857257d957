import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { findProgram } from "../../scripts/find-programs.mjs";
import { CHROMIUM_ARGS } from "./browser.ts";
import { watchContext } from "./browser-watch.ts";
import { type EmbedHost, type Example, openEmbedHost } from "./embed-host.ts";

/** A host's page, and a browser that looks at it. */
export interface EmbedStage extends EmbedHost {
  /** The host's page in a window of its own, signed in there; `prepare` comes before the page is asked for. */
  open(person: "ana" | "ben", options?: WindowOptions): Promise<Page>;
  /** What no window may do: complain, break the host's policy, ask a third party. */
  readonly complaints: string[];
}

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  prepare?(page: Page): Promise<unknown>;
}

export async function openEmbedStage(example: Example): Promise<EmbedStage> {
  const host = await openEmbedHost(example);
  const browser = await chromium.launch({ executablePath: findProgram("chromium") ?? "", args: CHROMIUM_ARGS });
  const complaints: string[] = [];
  return {
    ...host,
    complaints,
    open: async (person, { width = 1280, height = 800, prepare } = {}) => {
      const context = await makeContext(browser, width, height);
      const heard = await watchContext(context, host.hostUrl);
      const parley = new URL(host.parley.url).host;
      context.on("close", () => complaints.push(...heard.filter((line) => !line.includes(parley))));
      const page = await context.newPage();
      await prepare?.(page);
      await page.goto(`${host.hostUrl}/?as=${person}`);
      return page;
    },
    stop: async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
      await browser.close();
      await host.stop();
    },
  };
}

async function makeContext(browser: Browser, width: number, height: number): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width, height } });
  context.setDefaultTimeout(30_000);
  return context;
}
