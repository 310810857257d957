import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, signInAs, withoutBrowser } from "../support/browser.ts";
import { chatOn } from "../support/browser-chat.ts";
import { isDark, tooWide } from "../support/browser-look.ts";
import { watchContext } from "../support/browser-watch.ts";

const phone = (width: number): BrowserContextOptions => ({
  viewport: { width, height: 720 },
  isMobile: true,
  hasTouch: true,
});

describe.skipIf(withoutBrowser)("languages, sizes and colours", () => {
  let stage: Stage;
  const complaints: string[][] = [];
  beforeAll(async () => {
    stage = await openStage();
  });
  afterEach(async () => {
    await stage.clear();
    // In every window of every test: no request to another host, no breach of the policy, nothing in the console.
    const heard = complaints.splice(0).flat();
    if (heard.length > 0) throw new Error(heard.join("\n"));
  });
  afterAll(() => stage?.stop());

  /** A window on a device of its own that is watched. */
  async function visit(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await stage.context(options);
    complaints.push(await watchContext(context, stage.server.url));
    return context.newPage();
  }

  const visitAs = async (person: Parameters<typeof signInAs>[1], options?: BrowserContextOptions) =>
    signInAs(await visit(options), person);

  const listOf = (page: Page) => page.getByRole("navigation", { name: "Conversations" });

  it("sends strangers to the sign-in page, under a strict policy", async () => {
    const page = await visit();
    const response = await page.goto("/sign-in");
    const policy = response?.headers()["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors");
    expect(policy).not.toContain("unsafe");
    await page.goto("/");
    await page.waitForURL("**/sign-in");
    await page.getByRole("heading", { name: "Who would you like to be?" }).waitFor();
  });

  it("speaks the language of the browser, and the one that was chosen", async () => {
    const page = await visit({ locale: "de-CH" });
    await page.goto("/sign-in");
    await page.getByRole("heading", { name: "Wer möchtest du sein?" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("de");
    await signInAs(page, "David Keller");
    await page.getByRole("navigation", { name: "Unterhaltungen" }).getByRole("link", { name: "Clara Gruber" }).click();
    await page.getByRole("textbox", { name: "Nachricht schreiben" }).fill("Grüezi!");
    await page.getByRole("button", { name: "Senden" }).click();
    const history = page.getByRole("region", { name: "Nachrichtenverlauf" });
    await history
      .getByRole("listitem")
      .filter({ hasText: "Grüezi!" })
      .getByText("Gesendet")
      .waitFor({ state: "attached" });
    await history.getByText("Heute", { exact: true }).waitFor();
    await page.getByRole("button", { name: /Einstellungen/ }).click();
    await page.getByRole("radio", { name: "English" }).check();
    await page.getByRole("region", { name: "Message history" }).getByText("Today", { exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
    await page.reload();
    await page.getByRole("textbox", { name: "Write a message" }).waitFor();
  });

  it("shows list and conversation one after the other on a phone, with the browser's own history", async () => {
    const page = await visitAs("Ana Weber", phone(375));
    const chat = chatOn(page);
    expect(await chat.composer.isVisible()).toBe(false);
    await chat.open("Ben Hofmann");
    const address = page.url();
    expect(new URL(address).pathname).toMatch(/^\/c\/.+/);
    expect(await listOf(page).isVisible()).toBe(false);
    await page.goBack();
    await listOf(page).waitFor();
    expect(await chat.composer.isVisible()).toBe(false);
    await page.goForward();
    await chat.composer.waitFor();
    expect(page.url()).toBe(address);
    await page.reload();
    await chat.composer.waitFor();
    expect(page.url()).toBe(address);
    await page.getByRole("link", { name: "Back to the conversations" }).click();
    await listOf(page).waitFor();
    expect(new URL(page.url()).pathname).toBe("/");
  });

  it("opens a conversation by its address, and finds the way to the list from there", async () => {
    const page = await visitAs("Ana Weber", phone(375));
    const href = await chatOn(page).conversation("Farid Yılmaz").getAttribute("href");
    const other = await page.context().newPage();
    await signInAs(other, "Ana Weber");
    await other.goto(href ?? "");
    await other.getByRole("heading", { name: "Farid Yılmaz" }).waitFor();
    expect(await listOf(other).isVisible()).toBe(false);
    await other.getByRole("link", { name: "Back to the conversations" }).click();
    await listOf(other).waitFor();
    await other.goto("/c/nobody-knows-this-one");
    await other.getByText("Conversation not found").waitFor();
  });

  it.each([768, 1440])("shows both side by side at %i px", async (width) => {
    const page = await visitAs("Ana Weber", { viewport: { width, height: 900 } });
    const chat = chatOn(page);
    await chat.open("Ben Hofmann");
    const [list, composer] = [await listOf(page).boundingBox(), await chat.composer.boundingBox()];
    expect(list!.x + list!.width).toBeLessThanOrEqual(composer!.x);
    expect(list!.width).toBeGreaterThan(200);
    expect(composer!.width).toBeGreaterThan(250);
    expect(await page.getByRole("link", { name: "Back to the conversations" }).isVisible()).toBe(false);
    expect(await tooWide(page)).toEqual([]);
  });

  it.each([375, 320])("fits into %i px", async (width) => {
    const page = await visit(phone(width));
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Ana Weber" }).waitFor();
    expect(await tooWide(page)).toEqual([]);
    await signInAs(page, "Ana Weber");
    expect(await tooWide(page)).toEqual([]);
    await page.getByRole("button", { name: /Settings/ }).tap();
    await page.getByRole("group", { name: "Language" }).waitFor();
    expect(await tooWide(page)).toEqual([]);
    await page.keyboard.press("Escape");
    const chat = chatOn(page);
    await chat.open("Ben Hofmann");
    const long = `${width}-Donaudampfschifffahrt${"sgesellschaft".repeat(20)} https://example.com/${"path/".repeat(60)}`;
    await chat.composer.fill(long);
    expect(await tooWide(page)).toEqual([]);
    await page.getByRole("button", { name: "Send" }).tap();
    await chat.ticks(`${width}-Donaudampfschifffahrt`, "Sent");
    expect(await tooWide(page)).toEqual([]);
  });

  it("is dark or light as the device is, and as was chosen", async () => {
    const page = await visit({ colorScheme: "dark" });
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Ana Weber" }).waitFor();
    await expect.poll(() => isDark(page)).toBe(true);
    await page.emulateMedia({ colorScheme: "light" });
    await expect.poll(() => isDark(page)).toBe(false);
    await signInAs(page, "Ana Weber");
    await page.getByRole("button", { name: /Settings/ }).click();
    await page.getByRole("radio", { name: "Dark" }).check();
    await expect.poll(() => isDark(page)).toBe(true);
    await page.reload();
    await listOf(page).waitFor();
    expect(await isDark(page)).toBe(true);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.getByRole("button", { name: /Settings/ }).click();
    await page.getByRole("radio", { name: "Light" }).check();
    await expect.poll(() => isDark(page)).toBe(false);
    await page.getByRole("radio", { name: "Automatic" }).check();
    await expect.poll(() => isDark(page)).toBe(true);
  });
});
