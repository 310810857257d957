import { expect, it } from "vitest";
import { describeEmbedding } from "../support/embed-cases.ts";
import { colourOf, type EmbeddedChat } from "../support/embed-page.ts";

const plain = {
  example: "html",
  chat: "parley-chatbox",
  // Who has signed out is told so by the host.
  provoked: /status of 401 .*\/chat-token/,
} as const;

describeEmbedding("custom elements in a plain page of a host", plain, (embedded) => {
  it("take a theme of their own, and else follow the page", async () => {
    const { ana, ben } = embedded();
    const headers = () => Promise.all([ana, ben].map(({ box }) => colourOf(box.locator(".parley-header"))));
    await ana.page.evaluate(() => document.querySelector("parley-chatbox")?.setAttribute("theme", "dark"));
    const [dark, light] = await headers();
    expect(dark).not.toBe(light);
    await ana.page.evaluate(() => document.querySelector("parley-chatbox")?.removeAttribute("theme"));
    expect(await headers()).toEqual([light, light]);
    await ana.page.evaluate(() => document.documentElement.style.setProperty("color-scheme", "dark"));
    expect(await headers()).toEqual([dark, light]);
    await ana.page.evaluate(() => document.documentElement.style.removeProperty("color-scheme"));
  });

  it("name their parts, also those of own messages, for the host's style sheet", async () => {
    const { ana } = embedded();
    const styleOf = (row: string) =>
      ana.box
        .locator(`${row} .parley-bubble`)
        .first()
        .evaluate((bubble) => getComputedStyle(bubble).outlineStyle);
    await ana.page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("parley-chatbox::part(bubble own) { outline: 2px dashed gold; }");
      document.adoptedStyleSheets = [sheet];
    });
    expect(await styleOf(".parley-own")).toBe("dashed");
    expect(await styleOf(".parley-message:not(.parley-own)")).toBe("none");
    await ana.page.evaluate(() => (document.adoptedStyleSheets = []));
    const parts = await ana.box.evaluate((element) =>
      [...(element.shadowRoot?.querySelectorAll("[part]") ?? [])].map((part) => part.getAttribute("part")),
    );
    expect(parts).toEqual(expect.arrayContaining(["header", "composer", "bubble", "bubble own", "message own"]));
  });

  it("keep their sizes, whatever the host has made of the root's", async () => {
    const { ana } = embedded();
    const sizes = () =>
      ana.page.evaluate(() =>
        [
          "parley-chatbox .parley-header",
          "parley-chatbox .parley-composer-field",
          "parley-popup .parley-popup-launcher",
        ].map((path) => {
          const [host = "", part = ""] = path.split(" ");
          const element = document.querySelector(host)?.shadowRoot?.querySelector(part);
          if (element == null) throw new Error(`There is no ${path}.`);
          const { height } = element.getBoundingClientRect();
          const { fontSize, paddingInlineStart } = getComputedStyle(element);
          return { path, height, fontSize, paddingInlineStart };
        }),
      );
    // The page's own columns are counted from its root: the chat has a width of its own.
    await ana.box.evaluate((element) => (element as HTMLElement).style.setProperty("width", "600px"));
    const before = await sizes();
    await ana.page.evaluate(() => document.documentElement.style.setProperty("font-size", "62.5%"));
    expect(await sizes()).toEqual(before);
    await ana.box.evaluate((element) => (element as HTMLElement).style.setProperty("--parley-base", "20px"));
    expect((await sizes())[1]?.fontSize).not.toBe(before[1]?.fontSize);
    await ana.box.evaluate((element) => element.removeAttribute("style"));
    await ana.page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
  });

  it("measure the reader's size whatever the host insists on", async () => {
    const { ana, stage } = embedded();
    const page = await stage.open("ana", {
      prepare: (page) =>
        page.addInitScript(() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("* { font: 40px/3 monospace !important }");
          document.adoptedStyleSheets = [sheet];
        }),
    });
    const [host, usual] = await Promise.all(
      [page, ana.page].map((one) =>
        one
          .locator("parley-chatbox .parley-composer-field")
          .evaluate((field) => [getComputedStyle(document.body).fontSize, getComputedStyle(field).fontSize]),
      ),
    );
    expect(host).toEqual(["40px", usual?.[1]]);
    await page.context().close();
  });

  it("let the host prevent a message, which stays where it was written", async () => {
    const { ana } = embedded();
    await ana.say("My card is 4111111111111111");
    await ana.page.waitForTimeout(300);
    expect(await ana.composer.inputValue()).toBe("My card is 4111111111111111");
    expect(await ana.message("4111111111111111").count()).toBe(0);
    await ana.composer.fill("");
  });

  it("tell the host what is unread", async () => {
    const { ana, ben } = embedded();
    await expect.poll(() => ana.page.locator("#unread").textContent(), { timeout: 10_000 }).toBe("0");
    await ana.page.evaluate(() => document.querySelector("parley-chatbox")?.remove());
    await ben.say("One more question.");
    await expect.poll(() => ana.page.locator("#unread").textContent()).toBe("1");
    await ana.page.locator("parley-popup").getByRole("button", { name: "Open messages (1 unread message)" }).waitFor();
    await ana.page.reload();
    await ana.composer.waitFor();
  });

  it("work by keyboard in a menu of a message", async () => {
    const { ana } = embedded();
    await ana.say("To be copied.");
    const row = ana.message("To be copied.");
    // A message that is still on its way has no menu.
    await row.locator("[data-action=menu]").waitFor({ state: "attached" });
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
    const { ana, ben } = embedded();
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
    const { ana } = embedded();
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
    const { ana } = embedded();
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
