import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, withoutBrowser } from "../support/browser.ts";
import { chatOn } from "../support/browser-chat.ts";

const narrow: BrowserContextOptions = { viewport: { width: 375, height: 720 }, reducedMotion: "reduce" };

/** Whether the boxes of the two overlap by more than half a pixel. */
async function cover(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = [await one.boundingBox(), await other.boundingBox()];
  if (a === null || b === null) throw new Error("One of the two is not to be seen.");
  const isBeside = a.x + a.width <= b.x + 0.5 || b.x + b.width <= a.x + 0.5;
  const isAbove = a.y + a.height <= b.y + 0.5 || b.y + b.height <= a.y + 0.5;
  return !isBeside && !isAbove;
}

/** Toolbars, pickers, news and settings lie over the page, and leave free what they belong to. */
describe.skipIf(withoutBrowser)("what floats over the page", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.stop());

  const box = (page: Page, selector: string) => page.locator(selector);

  it("a message's buttons cover none of its text, long or short, others' or own, in a narrow window with a mouse", async () => {
    const ana = chatOn(await stage.signIn("Ana Weber", narrow));
    await ana.open("Ben Hofmann");
    const long = "A line that is long enough to reach from one side of a narrow window to the other, and goes on.";
    await ana.send(long);
    await ana.send("Short.");
    for (const text of ["Short.", long, "No hurry, I am working", "That is the best test"]) {
      const row = ana.message(text).last();
      await row.scrollIntoViewIfNeeded();
      await row.locator(".parley-bubble").hover();
      const buttons = row.locator(".parley-actions");
      await expect.poll(() => buttons.evaluate((element) => getComputedStyle(element).opacity)).toBe("1");
      expect({ text, covered: await cover(buttons, row.locator(".parley-bubble")) }).toEqual({ text, covered: false });
      await buttons.locator('[data-action="reply"]').click();
      await ana.page.locator(".parley-composer-reply").waitFor();
      await ana.page.keyboard.press("Escape");
    }
  });

  it("the emoji leave the composer free, also when all of them have come and when the window becomes lower", async () => {
    const ana = chatOn(await stage.signIn("Ana Weber", narrow));
    await ana.open("Ben Hofmann");
    await ana.page.getByRole("button", { name: "Insert an emoji" }).click();
    await ana.page.getByRole("tab").nth(3).waitFor();
    const popover = box(ana.page, ".parley-emoji-popover");
    const line = box(ana.page, ".parley-composer-line");
    expect(await cover(popover, line)).toBe(false);
    await ana.page.setViewportSize({ width: 375, height: 420 });
    await expect.poll(() => cover(popover, line)).toBe(false);
    expect((await popover.boundingBox())?.y).toBeGreaterThanOrEqual(0);
  });

  it("the settings end inside of a low window, and their last button can be reached", async () => {
    const page = await stage.signIn("Ana Weber", narrow);
    await page.getByRole("button", { name: /Settings/ }).click();
    const settings = page.locator(".settings:popover-open");
    await settings.waitFor();
    const bounds = await settings.boundingBox();
    expect((bounds?.y ?? 0) + (bounds?.height ?? 0)).toBeLessThanOrEqual(720);
    await settings.getByRole("button", { name: "Switch person" }).click();
    await page.getByRole("heading", { name: "Who would you like to be?" }).waitFor();
  });

  it("news stand below the header of the conversation, on a phone as on a desk", async () => {
    for (const options of [narrow, {}]) {
      const ana = chatOn(await stage.signIn("Ana Weber", options));
      await ana.open("Clara Gruber");
      const { conversations } = await stage.server.asUser("ana")("listConversations");
      const id = conversations.find(({ subject }) => subject?.id === "4711")?.id ?? "";
      const body = { clientMessageId: crypto.randomUUID(), content: "The home page is online" };
      await stage.server.asUser("ben")("sendMessage", { params: { id }, body });
      const news = box(ana.page, ".news-item");
      await news.waitFor();
      expect(await cover(news, ana.page.getByRole("button", { name: "Search this conversation" }))).toBe(false);
      expect(await cover(news, box(ana.page, ".parley-chat .parley-header"))).toBe(false);
      await stage.clear();
    }
  });
});
