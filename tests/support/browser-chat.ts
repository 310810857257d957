import type { Locator, Page } from "playwright-core";

/** What stands on the page of one window, found as people and screen readers find it. English. */
export interface Chat {
  readonly page: Page;
  readonly history: Locator;
  readonly composer: Locator;
  /** The line of the inbox that begins with this name. */
  conversation(name: string): Locator;
  /** Opens the conversation, and waits for its messages. */
  open(name: string): Promise<void>;
  /** The message with this text. */
  message(text: string): Locator;
  /** The texts of all mounted messages that begin so, from top to bottom. */
  textsBeginning(start: string): Promise<string[]>;
  send(text: string): Promise<void>;
  /** Opens the menu of that message and chooses there. */
  choose(text: string, item: "Copy text" | "Edit" | "Delete"): Promise<void>;
  /** Resolves when the ticks of that message say so. */
  ticks(text: string, status: "Sending" | "Sent" | "Delivered" | "Read" | "Not sent"): Promise<void>;
}

export function chatOn(page: Page): Chat {
  const history = page.getByRole("region", { name: "Message history" });
  const composer = page.getByRole("textbox", { name: "Write a message" });
  const message = (text: string) => history.getByRole("listitem").filter({ hasText: text });
  const conversation = (name: string) =>
    page.getByRole("navigation", { name: "Conversations" }).getByRole("link").filter({ hasText: name });
  return {
    page,
    history,
    composer,
    conversation,
    message,
    open: async (name) => {
      await conversation(name).click();
      await history.getByRole("listitem").last().waitFor();
    },
    textsBeginning: (start) =>
      history
        .getByRole("paragraph")
        .filter({ hasText: new RegExp(`^${start}`) })
        .allTextContents(),
    send: async (text) => {
      await composer.fill(text);
      await composer.press("Enter");
    },
    choose: async (text, item) => {
      await message(text).hover();
      await message(text).getByRole("button", { name: "Message actions" }).click();
      await page.getByRole("menuitem", { name: item }).click();
    },
    ticks: (text, status) => message(text).getByText(status, { exact: true }).waitFor({ state: "attached" }),
  };
}
