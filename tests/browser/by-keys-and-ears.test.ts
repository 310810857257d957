import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, withoutBrowser } from "../support/browser.ts";
import { pressUntilFocused } from "../support/browser-axe.ts";
import { type Chat, chatOn } from "../support/browser-chat.ts";
import { hiddenFocus, spokenTree } from "../support/browser-tree.ts";

const patiently = { timeout: 8_000 };

/** One person with nothing but keys, and what a screen reader is given after each step. */
describe.skipIf(withoutBrowser)("by keys and ears alone", () => {
  let stage: Stage;
  let page: Page;
  let ana: Chat;
  beforeAll(async () => {
    stage = await openStage();
    page = await stage.signIn("Ana Weber", { reducedMotion: "reduce" });
    ana = chatOn(page);
  });
  afterAll(() => stage?.stop());

  const press = (key: string) => page.keyboard.press(key);
  /** A line of the tree that fits; polled, since the tree follows the page a little later. */
  const hears = (line: RegExp) =>
    expect.poll(async () => (await spokenTree(page)).some((one) => line.test(one)), patiently).toBe(true);

  it("finds the way about: landmarks, headings and names", async () => {
    await pressUntilFocused(page, "Tab", ana.conversation("Ben Hofmann"));
    expect(await hiddenFocus(page)).toBeNull();
    await hears(/^navigation: Conversations$/);
    await press("Enter");
    await ana.history.getByRole("listitem").last().waitFor();
    await hears(/^heading: Ben Hofmann/);
    await hears(/^region: Message history$/);
    await hears(/^textbox: Write a message$/);
    await expect.poll(() => hiddenFocus(page)).toBeNull();
  });

  it("sends, and hears what arrives but not what is one's own", async () => {
    await page.keyboard.type("Written without a mouse");
    await press("Enter");
    await ana.ticks("Written without a mouse", "Sent");
    const tree = await spokenTree(page);
    expect(tree.some((line) => line.includes("Written without a mouse"))).toBe(true);
    const log = page.getByRole("log", { name: "Message history" });
    expect(await log.textContent()).not.toContain("Written without a mouse");
    const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const body = { clientMessageId: crypto.randomUUID(), content: "I hear you" };
    await stage.server.asUser("ben")("sendMessage", { params: { id }, body });
    await expect.poll(() => log.textContent(), patiently).toContain("Ben Hofmann: I hear you");
  });

  it("goes from the text field to the history and back by one key", async () => {
    await press("F6");
    expect(await ana.history.evaluate((history) => history === document.activeElement)).toBe(true);
    await pressUntilFocused(page, "ArrowUp", ana.message("I hear you"), 3);
    await press("F6");
    expect(await ana.composer.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it("replies and reacts from the message itself", async () => {
    await pressUntilFocused(page, "Shift+Tab", ana.history, 6);
    await pressUntilFocused(page, "ArrowUp", ana.message("I hear you"), 3);
    expect(await hiddenFocus(page)).toBeNull();
    await press("r");
    await expect.poll(() => ana.composer.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type("And I you");
    await press("Enter");
    await ana.ticks("And I you", "Sent");
    await hears(/^button: In reply to Ben Hofmann: I hear you$/);
    await pressUntilFocused(page, "Shift+Tab", ana.history, 6);
    await pressUntilFocused(page, "ArrowUp", ana.message("I hear you").first(), 4);
    await press("e");
    await page.getByRole("dialog", { name: "Add a reaction" }).waitFor();
    expect(await hiddenFocus(page)).toBeNull();
    await press("Enter");
    await hears(/^button: .+ from You$/);
    await expect.poll(() => hiddenFocus(page)).toBeNull();
  });

  it("searches", async () => {
    await press("Escape");
    await press("Control+k");
    expect(await hiddenFocus(page)).toBeNull();
    await page.keyboard.type("hear");
    await hears(/^(link|option|button): .*I hear you/);
    await press("Escape");
  });

  it("archives a conversation from the menu of its line, and takes it back", async () => {
    await page.goto("/");
    const line = ana.conversation("Farid Yılmaz");
    await line.waitFor();
    await pressUntilFocused(page, "Tab", ana.conversation("").first());
    for (
      let presses = 0;
      presses < 10 && !(await line.evaluate((node) => node === document.activeElement));
      presses += 1
    )
      await press("ArrowDown");
    await press("Shift+F10");
    const item = page.getByRole("menuitem", { name: "Archive" });
    await item.waitFor();
    await pressUntilFocused(page, "ArrowDown", item, 10);
    expect(await hiddenFocus(page)).toBeNull();
    await press("Enter");
    await line.waitFor({ state: "detached" });
    await hears(/^button: Undo$/);
    expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  });
});
