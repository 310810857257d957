import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findProgram } from "../../scripts/find-programs.mjs";
import { makeFixtures } from "../../scripts/screenshots/fixtures.mjs";
import { openStage } from "../../scripts/screenshots/stage.mjs";
import { states } from "../../scripts/screenshots/states.mjs";
import { openState } from "../../scripts/screenshots/take-pictures.mjs";
import { seedDemoStory } from "../../apps/server/src/features/demo/seed-demo-story.ts";
import { withoutBrowser } from "../support/browser.ts";
import { COLOURS, violations } from "../support/browser-axe.ts";
import { ensureWebApp } from "../support/browser-build.ts";
import { tooWide } from "../support/browser-look.ts";
import { smallTargets } from "../support/browser-targets.ts";
import { JWT_SECRET, SECRET_KEY, startServer, type TestServer } from "../support/start-server.ts";

const PHONE = 375;
const WIDE = 1440;

type State = (typeof states)[number];

/** Each state that is photographed is looked at by axe as well, in both themes, on a phone or a wide screen by turns. */
describe.skipIf(withoutBrowser)("every state of the messages page", () => {
  let server: TestServer;
  let stage: Awaited<ReturnType<typeof openStage>>;
  let ids: Record<string, string>;
  const dataDir = mkdtempSync(join(tmpdir(), "parley-states-"));
  beforeAll(async () => {
    await ensureWebApp();
    server = await startServer();
    await seedDemoStory(server.app.deps);
    writeFileSync(join(dataDir, "demo-secrets.json"), JSON.stringify({ jwtSecret: JWT_SECRET, secretKey: SECRET_KEY }));
    stage = await openStage({ address: server.url, dataDir, executablePath: findProgram("chromium") ?? "" });
    ids = await makeFixtures(stage);
  });
  afterAll(async () => {
    await stage?.close();
    await server?.stop();
    rmSync(dataDir, { recursive: true });
  });

  it.each(states.map((state, index) => ({ name: state.name, state, width: index % 2 === 0 ? PHONE : WIDE }) as const))(
    "$name, at $width px",
    async ({ state, width }) => {
      const { page, close } = await openState(stage, { state, width, language: "en", ids });
      try {
        // What fades in on a busy machine has another colour for a moment; what is wrong stays wrong.
        await expect.poll(() => findings(page, state, width), { timeout: 20_000 }).toEqual([]);
      } finally {
        await close();
      }
    },
  );

  async function findings(page: Page, state: State, width: number): Promise<string[]> {
    // A shape that is still to come fades in.
    await page.waitForTimeout("loads" in state && !state.loads ? 700 : 250);
    await page.emulateMedia({ colorScheme: "light" });
    const found = [...(await violations(page)), ...(await smallTargets(page, width === PHONE ? 44 : 24))];
    await page.emulateMedia({ colorScheme: "dark" });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await page.waitForTimeout(250);
    found.push(...(await violations(page, COLOURS)).map((line) => `dark: ${line}`));
    if (width === PHONE) found.push(...(await tooWide(page)));
    return found;
  }
});
