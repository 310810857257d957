import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, withoutBrowser } from "../support/browser.ts";
import { watchShifts } from "../support/browser-shifts.ts";
import { waitUntil } from "../support/wait-until.ts";

const PHONE = { viewport: { width: 412, height: 823 } };

describe.skipIf(withoutBrowser)("the start of the messages page, signed in by the host's cookie", () => {
  let stage: Stage;
  let url: string;
  beforeAll(async () => {
    stage = await openStage();
    const { conversations } = await stage.server.asUser("ana")("listConversations", {});
    const withClara = conversations.find(
      ({ participants, unread, status }) =>
        unread === 0 && status === "active" && participants.some(({ user }) => user.id === "clara"),
    );
    url = `/c/${withClara?.id}`;
  });
  afterAll(() => stage.stop());
  afterEach(() => stage.clear());

  /** A phone on which Ana is signed in, and what is asked of the API there. */
  async function anasPhone(options: Parameters<Stage["context"]>[0] = {}): Promise<{ page: Page; asked: string[] }> {
    const context: BrowserContext = await stage.context({ ...PHONE, ...options });
    const value = await stage.server.token("ana");
    await context.addCookies([{ name: "parley_token", value, url: stage.server.url }]);
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    return { page, asked };
  }

  /**
   * Goes there until the page comes with a picture, which the server leaves out while it is busy; resolves with the page as
   * it was sent. `before` comes before each way there.
   */
  async function comeToPicture(page: Page, before = () => {}): Promise<string> {
    return waitUntil(
      async () => {
        before();
        const html = await (await page.goto(url))?.text();
        return html?.includes('id="first-paint"') ? html : null;
      },
      { what: "a page with a picture", withinMs: 30_000 },
    );
  }

  const messages = (page: Page) => page.getByRole("region", { name: "Message history" }).getByRole("listitem");

  it("asks for nothing that came with the page, and leaves nothing of the first picture", async () => {
    const { page, asked } = await anasPhone();
    const complaints: string[] = [];
    page.on("console", (line) => line.type() === "error" && complaints.push(line.text()));
    await comeToPicture(page, () => asked.splice(0));
    await messages(page).last().waitFor();
    await page.locator("#first-paint").waitFor({ state: "detached" });
    await page.getByRole("textbox", { name: "Write a message" }).fill("Here");
    const first = new Set(["GET /api/session", "GET /api/settings", `GET /api/conversations/${url.slice(3)}/messages`]);
    expect(asked.filter((request) => first.has(request))).toEqual([]);
    expect(await page.getByRole("region", { name: "Message history" }).count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it("shows the messages before any script ran, and no time of another time zone", async () => {
    const { page } = await anasPhone({ javaScriptEnabled: false });
    await comeToPicture(page);
    const last = page.locator("#first-paint .parley-row").last();
    await last.waitFor();
    expect(await last.isVisible()).toBe(true);
    expect(await page.locator("#first-paint time").last().isVisible()).toBe(false);
  });

  it("speaks the language of the browser from the first picture on", async () => {
    const { page } = await anasPhone({ javaScriptEnabled: false, locale: "de-CH" });
    await comeToPicture(page);
    expect(await page.locator("#first-paint textarea").getAttribute("placeholder")).toBe("Nachricht schreiben …");
  });

  it("has the language, theme and density of this device's settings from the first picture on", async () => {
    const { page } = await anasPhone();
    await page.goto(url);
    await messages(page).last().waitFor();
    await page.evaluate(() =>
      localStorage.setItem("parley:preferences", '{"locale":"de","theme":"dark","density":"compact"}'),
    );
    await page.reload();
    await page.getByRole("textbox", { name: "Nachricht schreiben" }).waitFor();
    // The page as the server sends it to this device now, to whoever goes there.
    const html = await comeToPicture(page);
    expect(html).toContain('<html lang="de" data-theme="dark" data-density="compact">');
    expect(html.split('id="first-paint"')[1]).toContain("Nachricht schreiben …");
  });

  it("moves nothing when the app takes over", async () => {
    const { page } = await anasPhone();
    const shifts = await watchShifts(page);
    await comeToPicture(page);
    await page.locator("#first-paint").waitFor({ state: "detached" });
    await page.waitForTimeout(1_000);
    expect(await shifts()).toBeLessThan(0.02);
  });
});
