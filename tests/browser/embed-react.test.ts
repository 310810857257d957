import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withoutBrowser } from "../support/browser.ts";
import { colourOf, type EmbeddedChat, embeddedChat } from "../support/embed-page.ts";
import { type EmbedStage, openEmbedStage } from "../support/embed-stage.ts";

describe.skipIf(withoutBrowser)("the kit in a React page of a host", () => {
  let stage: EmbedStage;
  let ana: EmbeddedChat;
  let ben: EmbeddedChat;
  beforeAll(async () => {
    stage = await openEmbedStage("react");
    ana = embeddedChat(await stage.open("ana"), ".chat");
    ben = embeddedChat(await stage.open("ben", { width: 390, height: 844 }), ".chat");
    await Promise.all([ana.composer.waitFor(), ben.composer.waitFor()]);
  });
  afterAll(() => stage?.stop());

  it("sends and receives between two windows", async () => {
    await ana.say("Is the bakery's logo ready?");
    await ben.message("Is the bakery's logo ready?").waitFor();
    await ben.say("On Friday, as agreed.");
    await ana.message("On Friday, as agreed.").waitFor();
  });

  it("takes the host's words, colours and components", async () => {
    expect(await ana.composer.getAttribute("placeholder")).toBe("Write about this order …");
    expect(await colourOf(ana.box.locator(".parley-own .parley-bubble").first())).toBe("rgb(15, 76, 58)");
    expect(await ana.box.locator(".parley-header .market-avatar").textContent()).toBe("B");
  });

  it("lets the host keep a message back", async () => {
    await ana.say("My card is 4111111111111111");
    await ana.page.waitForTimeout(300);
    expect(await ana.composer.inputValue()).toBe("My card is 4111111111111111");
    await ana.composer.fill("");
  });

  it("tells the host what is unread, and opens a popup that the host holds", async () => {
    await ana.page.getByRole("button", { name: "Ask about this order" }).click();
    const dialog = ana.page.getByRole("dialog", { name: "Conversations" });
    await dialog
      .getByRole("link", { name: /Ben Hofmann/ })
      .first()
      .waitFor();
    await ana.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    const launcher = ana.page.getByRole("button", { name: /^Open messages/ });
    expect(await launcher.evaluate((button) => button === document.activeElement)).toBe(true);
    await expect.poll(() => ana.page.locator("#unread").textContent(), { timeout: 10_000 }).toBe("0");
  });

  it("fills a phone with the popup", async () => {
    await ben.page.getByRole("button", { name: /^Open messages/ }).click();
    const dialog = ben.page.getByRole("dialog", { name: "Conversations" });
    await dialog.evaluate((one) => Promise.all(one.getAnimations({ subtree: false }).map(({ finished }) => finished)));
    expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
    await dialog.getByRole("button", { name: "Close messages" }).click();
    await dialog.waitFor({ state: "detached" });
  });

  it("loads nothing but what the host's policy names, without a word in the console", async () => {
    await Promise.all([ana.page.context().close(), ben.page.context().close()]);
    expect(stage.complaints).toEqual([]);
  });
});
