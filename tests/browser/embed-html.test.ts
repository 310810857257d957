import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withoutBrowser } from "../support/browser.ts";
import { colourOf, type EmbeddedChat, embeddedChat } from "../support/embed-page.ts";
import { type EmbedStage, openEmbedStage } from "../support/embed-stage.ts";

describe.skipIf(withoutBrowser)("custom elements in a plain page of a host", () => {
  let stage: EmbedStage;
  let ana: EmbeddedChat;
  let ben: EmbeddedChat;
  beforeAll(async () => {
    stage = await openEmbedStage("html");
    ana = embeddedChat(await stage.open("ana"), "parley-chatbox");
    ben = embeddedChat(await stage.open("ben"), "parley-chatbox");
    await Promise.all([ana.composer.waitFor(), ben.composer.waitFor()]);
  });
  afterAll(() => stage?.stop());

  it("send and receive between two windows", async () => {
    await ana.say("Is the bakery's logo ready?");
    await ben.message("Is the bakery's logo ready?").waitFor();
    await ben.say("On Friday, as agreed.");
    await ana.message("On Friday, as agreed.").waitFor();
  });

  it("take the host's words and colours", async () => {
    expect(await ana.composer.getAttribute("placeholder")).toBe("Write about this order …");
    const bubble = ana.box.locator(".parley-own .parley-bubble").first();
    expect(await colourOf(bubble)).toBe("rgb(15, 76, 58)");
    await ana.page.evaluate(() => document.querySelector("parley-chatbox")?.setAttribute("theme", "dark"));
    expect(await colourOf(ana.box.locator(".parley-header"))).not.toBe(
      await colourOf(ben.box.locator(".parley-header")),
    );
    // Without a theme they follow the page.
    await ana.page.evaluate(() => document.querySelector("parley-chatbox")?.removeAttribute("theme"));
    expect(await colourOf(ana.box.locator(".parley-header"))).toBe(await colourOf(ben.box.locator(".parley-header")));
    await ana.page.evaluate(() => document.documentElement.style.setProperty("color-scheme", "dark"));
    expect(await colourOf(ana.box.locator(".parley-header"))).not.toBe(
      await colourOf(ben.box.locator(".parley-header")),
    );
    await ana.page.evaluate(() => document.documentElement.style.removeProperty("color-scheme"));
  });

  it("name their parts", async () => {
    await ana.page.addStyleTag({ url: "/market.css" });
    const parts = await ana.box.evaluate((element) =>
      [...(element.shadowRoot?.querySelectorAll("[part]") ?? [])].map((part) => part.getAttribute("part")),
    );
    expect(parts).toEqual(expect.arrayContaining(["header", "composer", "bubble", "message own"]));
  });

  it("let the host prevent a message, which stays where it was written", async () => {
    await ana.say("My card is 4111111111111111");
    await ana.page.waitForTimeout(300);
    expect(await ana.composer.inputValue()).toBe("My card is 4111111111111111");
    expect(await ana.message("4111111111111111").count()).toBe(0);
    await ana.composer.fill("");
  });

  it("tell the host what is unread", async () => {
    await expect.poll(() => ana.page.locator("#unread").textContent(), { timeout: 10_000 }).toBe("0");
    await ana.page.evaluate(() => document.querySelector("parley-chatbox")?.remove());
    await ben.say("One more question.");
    await expect.poll(() => ana.page.locator("#unread").textContent()).toBe("1");
    await ana.page.locator("parley-popup").getByRole("button", { name: "Open messages (1 unread message)" }).waitFor();
    await ana.page.reload();
    await ana.composer.waitFor();
  });

  it("work by keyboard in a menu of a message", async () => {
    await ana.say("To be copied.");
    const row = ana.message("To be copied.");
    await row.focus();
    await row.press("Enter");
    await expect.poll(() => focusIn(ana, "[role=menu]")).not.toBeNull();
    const first = await focusIn(ana, "[role=menu]");
    await ana.page.keyboard.press("ArrowDown");
    const second = await focusIn(ana, "[role=menu]");
    expect(second).not.toBeNull();
    expect(second).not.toBe(first);
    await ana.page.keyboard.press("ArrowUp");
    expect(await focusIn(ana, "[role=menu]")).toBe(first);
    await ana.page.keyboard.press("Escape");
    await expect.poll(() => focusIn(ana, ".parley-row")).not.toBeNull();
    expect(await focusIn(ana, "[role=menu]")).toBeNull();
  });

  it("open the popup and give the focus back when Escape closes it", async () => {
    const popup = ana.page.locator("parley-popup");
    await ana.page.getByRole("button", { name: "Ask about this order" }).click();
    const dialog = popup.getByRole("dialog", { name: "Conversations" });
    await dialog
      .getByRole("link", { name: /Ben Hofmann/ })
      .first()
      .click();
    const composer = dialog.getByLabel("Write a message", { exact: true });
    await expect.poll(() => composer.evaluate((field) => field.matches(":focus"))).toBe(true);
    await composer.fill("From the popup.");
    await composer.press("Enter");
    await ben.message("From the popup.").waitFor();
    // A narrow box shows one column, in a wide window.
    await dialog.getByRole("link", { name: "Back to the conversations" }).click();
    await expect
      .poll(() =>
        dialog
          .getByRole("link", { name: /Ben Hofmann/ })
          .first()
          .evaluate((link) => link.matches(":focus")),
      )
      .toBe(true);
    await ana.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(
      await popup.getByRole("button", { name: /^Open messages/ }).evaluate((button) => button.matches(":focus")),
    ).toBe(true);
  });

  it("share one connection, and end it with the last of them", async () => {
    const sockets: string[] = [];
    let open = 0;
    ana.page.on("websocket", (socket) => {
      sockets.push(socket.url());
      open += 1;
      socket.on("close", () => (open -= 1));
    });
    await ana.page.reload();
    await ana.composer.waitFor();
    await ana.page
      .locator("parley-popup")
      .getByRole("button", { name: /^Open messages/ })
      .waitFor();
    await expect.poll(() => open).toBe(1);
    await ana.page.evaluate(() => document.querySelector("parley-chatbox")?.remove());
    await ana.page.waitForTimeout(300);
    expect(open).toBe(1);
    await ana.page.evaluate(() => document.querySelector("parley-popup")?.remove());
    await expect.poll(() => open).toBe(0);
    expect(sockets).toHaveLength(1);
    await ana.page.reload();
    await ana.composer.waitFor();
  });

  it("follow the host when another person signs in, and when they sign out", async () => {
    const own = ana.box.locator(".parley-own").filter({ hasText: "Is the bakery's logo ready?" });
    await own.waitFor();
    await ana.page.evaluate(async () => {
      await fetch("/?as=ben");
      window.parley?.("setUser", { tokenUrl: "/chat-token" });
    });
    await own.waitFor({ state: "detached" });
    await ana.message("Is the bakery's logo ready?").waitFor();
    await ana.page.evaluate(async () => {
      await fetch("/sign-out");
      window.parley?.("setUser", { tokenUrl: "/chat-token" });
    });
    await ana.composer.waitFor({ state: "detached" });
  });

  it("load nothing but what the host's policy names, without a word in the console", async () => {
    const page = await stage.open("ana");
    await embeddedChat(page, "parley-chatbox").composer.waitFor();
    await page.context().close();
    await ben.page.context().close();
    expect(stage.complaints).toEqual([]);
    expect(stage.parley.complaints).toEqual([]);
  });
});

/** What has the focus, when that is inside of such an element of the chat; null when it is not. */
function focusIn(chat: EmbeddedChat, selector: string): Promise<string | null> {
  return chat.box.evaluate((element, selector) => {
    const focused = element.shadowRoot?.activeElement;
    return focused?.closest(selector) ? (focused.ariaLabel ?? focused.textContent) : null;
  }, selector);
}

declare global {
  interface Window {
    parley?: (...call: unknown[]) => void;
  }
}
