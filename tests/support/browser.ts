import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { seedDemoStory } from "../../apps/server/src/features/demo/seed-demo-story.ts";
import { findProgram } from "../../scripts/find-programs.mjs";
import { ensureWebApp } from "./browser-build.ts";
import { startServer, type TestServer } from "./start-server.ts";

/** Without a Chromium these tests are left out, except where they must run. */
export const withoutBrowser: boolean = findProgram("chromium") === null && process.env.CI === undefined;

/** As root, without a screen, and without asking anybody but our server. */
export const CHROMIUM_ARGS: string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The people of the demo by the names that the page shows. */
export type PersonName =
  | "Ana Weber"
  | "Ben Hofmann"
  | "Clara Gruber"
  | "David Keller"
  | "Emma Schneider"
  | "Farid Yılmaz";

export interface Stage {
  readonly server: TestServer;
  readonly browser: Browser;
  /** A window of its own, with its own storage: another person's device. Light, English, 1280 × 800 unless told. */
  context(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A window of its own, signed in, at the list of conversations. */
  signIn(person: PersonName, options?: BrowserContextOptions): Promise<Page>;
  /** Closes all windows. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

type ServerOptions = Parameters<typeof startServer>[0];

/** The web app on a real server with the demo's story, and a browser. */
export async function openStage(options: ServerOptions = {}): Promise<Stage> {
  await ensureWebApp();
  const server = await startServer(options);
  await seedDemoStory(server.app.deps);
  const browser = await chromium.launch({ executablePath: findProgram("chromium") ?? "", args: CHROMIUM_ARGS });
  const context: Stage["context"] = async (settings = {}) => {
    const made = await browser.newContext({
      baseURL: server.url,
      locale: "en-GB",
      timezoneId: "Europe/Zurich",
      viewport: { width: 1280, height: 800 },
      ...settings,
    });
    made.setDefaultTimeout(30_000);
    return made;
  };
  const clear = async () => {
    await Promise.all(browser.contexts().map((open) => open.close()));
  };
  return {
    server,
    browser,
    context,
    signIn: async (person, settings) => signInAs(await (await context(settings)).newPage(), person),
    clear,
    stop: async () => {
      await browser.close();
      await server.stop();
    },
  };
}

/** Chooses that person on the sign-in page, in this tab. English or German. */
export async function signInAs(page: Page, person: PersonName): Promise<Page> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: person }).click();
  await page.getByRole("navigation", { name: /^(Conversations|Unterhaltungen)$/ }).waitFor();
  return page;
}
