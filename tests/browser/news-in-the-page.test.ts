import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, signInAs, withoutBrowser } from "../support/browser.ts";
import { chatOn } from "../support/browser-chat.ts";
import { inboxOn } from "../support/browser-inbox.ts";
import { watchContext } from "../support/browser-watch.ts";

describe.skipIf(withoutBrowser)("news in the page", () => {
  let stage: Stage;
  const complaints: string[][] = [];
  beforeAll(async () => {
    stage = await openStage();
  });
  afterEach(async () => {
    await stage.clear();
    const heard = complaints.splice(0).flat();
    if (heard.length > 0) throw new Error(heard.join("\n"));
  });
  afterAll(() => stage?.stop());

  /** A browser of Ana's in which every sound is counted. */
  async function browserOfAna(): Promise<{
    context: BrowserContext;
    open: () => Promise<Page>;
    sounds: () => Promise<number>;
  }> {
    const context = await stage.context();
    complaints.push(await watchContext(context, stage.server.url));
    await context.addInitScript(() => {
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function counted(when) {
        localStorage.setItem("notes", String(Number(localStorage.getItem("notes") ?? 0) + 1));
        start.call(this, when);
      };
    });
    const open = async () => signInAs(await context.newPage(), "Ana Weber");
    const sounds = async () => Number(await context.pages()[0]?.evaluate(() => localStorage.getItem("notes"))) / 2;
    return { context, open, sounds };
  }

  const news = (page: Page) => page.getByRole("log", { name: "New messages" });
  const number = (title: string) => Number(/^\((\d+)\)/.exec(title)?.[1] ?? 0);

  it("tells of a message in the title, on the icon, beside the name and in the corner, and opens it", async () => {
    const { open, sounds } = await browserOfAna();
    const ana = await open();
    const before = number(await ana.title());
    const ben = chatOn(await stage.signIn("Ben Hofmann"));
    await ben.open("Ana Weber");
    await ben.send("The *draft* is ready");
    await news(ana).getByText("The draft is ready").waitFor();
    await news(ana).getByText("Order 4711", { exact: true }).waitFor();
    await expect.poll(async () => number(await ana.title())).toBe(before + 1);
    await expect.poll(() => ana.locator('link[rel="icon"]').getAttribute("href")).toContain("data:image/svg");
    await ben.send("And the invoice too");
    await news(ana).getByText("2 new messages").waitFor();
    // Nobody has asked for sounds.
    expect(await sounds()).toBe(0);
    await news(ana).getByRole("link").click();
    await chatOn(ana).message("And the invoice too").waitFor();
    await news(ana).getByRole("link").waitFor({ state: "detached" });
    await expect.poll(() => ana.title()).toContain("Ben Hofmann · Parley");
    await ben.send("Seen while it is open");
    await chatOn(ana).message("Seen while it is open").waitFor();
    expect(await news(ana).getByRole("link").count()).toBe(0);
    // Read is what was in view for two seconds.
    await expect.poll(async () => number(await ana.title()), { timeout: 15_000 }).toBeLessThan(before + 1);
  });

  it("sounds once in all tabs after it was asked for, and never for a muted conversation", async () => {
    const { open, sounds } = await browserOfAna();
    const ana = await open();
    await ana.getByRole("button", { name: /Settings/ }).click();
    await ana.getByRole("switch", { name: "Sound for new messages" }).check();
    await expect.poll(sounds).toBe(1);
    await ana.keyboard.press("Escape");
    const second = await open();
    const third = await open();
    const ben = chatOn(await stage.signIn("Ben Hofmann"));
    await ben.open("Ana Weber");
    await ben.send("Do you hear this?");
    for (const page of [ana, second, third])
      await news(page).getByText("Do you hear this?").waitFor({ state: "attached" });
    await expect.poll(sounds).toBe(2);

    await inboxOn(third).choose("Ben Hofmann", "Mute…", "Until I unmute it");
    await inboxOn(ana).line("Ben Hofmann").getByText("Muted").waitFor({ state: "attached" });
    const title = number(await third.title());
    await third.waitForTimeout(1_600);
    await ben.send("And this?");
    await inboxOn(third).line("And this?").waitFor();
    await third.waitForTimeout(500);
    expect(await sounds()).toBe(2);
    expect(await news(third).getByText("And this?").count()).toBe(0);
    expect(number(await third.title())).toBe(title);
  });

  it("keeps silent in every tab while one of them shows the conversation", async () => {
    const { open } = await browserOfAna();
    const away = await open();
    const ana = await open();
    await chatOn(ana).open("Farid Yılmaz");
    await ana.bringToFront();
    const farid = chatOn(await stage.signIn("Farid Yılmaz"));
    await farid.open("Ana Weber");
    await farid.send("Only where it is open");
    await chatOn(ana).message("Only where it is open").waitFor();
    await inboxOn(away).line("Only where it is open").waitFor({ state: "attached" });
    await away.waitForTimeout(500);
    expect(await news(away).getByRole("link").count()).toBe(0);
  });
});
