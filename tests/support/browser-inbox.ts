import type { Locator, Page } from "playwright-core";

/** The inbox of one window, found as people and screen readers find it. English. */
export interface InboxOn {
  readonly page: Page;
  readonly list: Locator;
  readonly search: Locator;
  /** The line that begins with this name. */
  line(name: string): Locator;
  /** The names of the mounted lines, from top to bottom. */
  names(): Promise<string[]>;
  /** Opens the line's menu by right click and chooses there. */
  choose(name: string, ...items: string[]): Promise<void>;
  filter(name: string): Promise<void>;
}

export function inboxOn(page: Page): InboxOn {
  const list = page.getByRole("navigation", { name: "Conversations" });
  const line = (name: string) => list.getByRole("link").filter({ hasText: name });
  return {
    page,
    list,
    search: list.getByRole("searchbox"),
    line,
    names: () => list.locator(".parley-conversation-name").allTextContents(),
    choose: async (name, ...items) => {
      await line(name).click({ button: "right" });
      for (const item of items) await page.getByRole("menuitem", { name: item }).click();
    },
    filter: (name) => list.getByRole("radio", { name }).check({ force: true }),
  };
}
