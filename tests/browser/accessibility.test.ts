import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, signInAs, withoutBrowser } from "../support/browser.ts";
import { pressUntilFocused, violations } from "../support/browser-axe.ts";
import { type Chat, chatOn } from "../support/browser-chat.ts";
import { type Gate, gateFor } from "../support/browser-gate.ts";

const WIDTHS = [1440, 375];
const SCHEMES = ["light", "dark"] as const;

describe.skipIf(withoutBrowser)("accessibility", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ conversationTypes: { order: { maxTextLength: 1_000 } } });
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.stop());

  /** Ana in her conversation with Ben. Nothing fades: half-way colours have no contrast. */
  async function openConversation(): Promise<{ ana: Chat; gate: Gate }> {
    const context = await stage.context({ reducedMotion: "reduce" });
    const gate = await gateFor(context);
    const ana = chatOn(await signInAs(await context.newPage(), "Ana Weber"));
    await ana.open("Ben Hofmann");
    return { ana, gate };
  }

  /** Wide and narrow, light and dark. */
  async function allLooks(page: Page, isThere: () => Promise<unknown>): Promise<string[]> {
    const found: string[] = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        await isThere();
        await nextFrames(page);
        found.push(...(await violations(page)).map((line) => `${width} ${colorScheme}: ${line}`));
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    return found;
  }

  it("finds nothing wrong with sign-in, inbox and settings", async () => {
    const page = await (await stage.context({ reducedMotion: "reduce" })).newPage();
    await page.goto("/sign-in");
    expect(await allLooks(page, () => page.getByRole("button", { name: "Ana Weber" }).waitFor())).toEqual([]);
    await signInAs(page, "Ana Weber");
    expect(await allLooks(page, () => chatOn(page).conversation("Ben Hofmann").waitFor())).toEqual([]);
    await page.getByRole("button", { name: /Settings/ }).click();
    expect(await allLooks(page, () => page.getByRole("group", { name: "Language" }).waitFor())).toEqual([]);
  });

  it("finds nothing wrong with a conversation, the menu of a message, editing and deleting", async () => {
    const { ana } = await openConversation();
    await ana.send("Looked at closely");
    await ana.ticks("Looked at closely", "Sent");
    expect(await allLooks(ana.page, () => ana.composer.waitFor())).toEqual([]);
    await ana.message("Looked at closely").hover();
    await ana.message("Looked at closely").getByRole("button", { name: "Message actions" }).click();
    const edit = ana.page.getByRole("menuitem", { name: "Edit" });
    expect(await allLooks(ana.page, () => edit.waitFor())).toEqual([]);
    await edit.click();
    expect(await allLooks(ana.page, () => ana.page.getByText("Editing a message").waitFor())).toEqual([]);
    await ana.page.getByRole("button", { name: "Cancel" }).click();
    await ana.choose("Looked at closely", "Delete");
    await ana.message("You deleted this message").waitFor();
    // It stays as long as the focus is in it, however long one looks.
    await ana.page.getByRole("button", { name: "Undo" }).focus();
    expect(await allLooks(ana.page, () => ana.page.getByRole("button", { name: "Undo" }).waitFor())).toEqual([]);
  });

  it("finds nothing wrong with a text that is too long, and without a connection", async () => {
    const { ana, gate } = await openConversation();
    await ana.composer.fill("x".repeat(6_000));
    const refusal = ana.page.getByText("characters too many");
    expect(await allLooks(ana.page, () => refusal.waitFor())).toEqual([]);
    gate.onlyRequests(() => false);
    await gate.closeSockets();
    await ana.page.context().setOffline(true);
    await ana.send("Waiting");
    const banner = ana.page.getByText(/^No connection/).filter({ visible: true });
    expect(await allLooks(ana.page, () => banner.first().waitFor())).toEqual([]);
  });

  it("does everything by keyboard: sign in, choose, write, send, edit, cancel, delete", async () => {
    const page = await (await stage.context()).newPage();
    const ana = chatOn(page);
    await page.goto("/sign-in");
    const person = page.getByRole("button", { name: "Ana Weber" });
    await person.waitFor();
    await pressUntilFocused(page, "Tab", person);
    await page.keyboard.press("Enter");
    await ana.conversation("Ben Hofmann").waitFor();
    // The list is one stop; arrows move in it.
    await pressUntilFocused(page, "Tab", ana.conversation("").first());
    const isThere = () => ana.conversation("Ben Hofmann").evaluate((line) => line === document.activeElement);
    if (!(await isThere())) await pressUntilFocused(page, "ArrowDown", ana.conversation("Ben Hofmann"), 10);
    await page.keyboard.press("Enter");
    await ana.composer.waitFor();
    await expect.poll(() => hasFocus(ana)).toBe(true);

    await page.keyboard.type("By keyboard onyl");
    await page.keyboard.press("Enter");
    await ana.ticks("By keyboard onyl", "Sent");
    await page.keyboard.press("ArrowUp");
    expect(await ana.composer.inputValue()).toBe("By keyboard onyl");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Escape");
    expect(await ana.composer.inputValue()).toBe("");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("ly");
    await page.keyboard.press("Enter");
    await ana.message("By keyboard only").getByText("edited").waitFor();
    expect(await hasFocus(ana)).toBe(true);

    await pressUntilFocused(page, "Shift+Tab", ana.history, 5);
    await pressUntilFocused(page, "ArrowUp", ana.message("By keyboard only"), 1);
    await page.keyboard.press("Enter");
    const item = page.getByRole("menuitem", { name: "Delete" });
    await item.waitFor();
    await page.keyboard.press("Escape");
    await item.waitFor({ state: "hidden" });
    expect(await focusIsIn(ana.message("By keyboard only"))).toBe(true);
    await page.keyboard.press("Enter");
    await pressUntilFocused(page, "ArrowUp", item, 3);
    await page.keyboard.press("Enter");
    await ana.message("By keyboard only").waitFor({ state: "hidden" });
    expect(await focusIsIn(ana.message("You deleted this message").last())).toBe(true);
    await pressUntilFocused(page, "Tab", page.getByRole("button", { name: "Undo" }), 5);
    await page.keyboard.press("Enter");
    await ana.message("By keyboard only").waitFor();
  });
});

const focusIsIn = (place: Locator) => place.evaluate((node) => node.contains(document.activeElement));

const hasFocus = ({ composer }: Chat) => composer.evaluate((field) => field === document.activeElement);

/** Even an animation of a millisecond ends only with a frame. */
const nextFrames = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
