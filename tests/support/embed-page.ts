import type { Locator, Page } from "playwright-core";

/** The chat about the order on a host's page, whatever made it. */
export interface EmbeddedChat {
  readonly page: Page;
  readonly box: Locator;
  readonly composer: Locator;
  message(text: string): Locator;
  say(text: string): Promise<void>;
}

/** `selector` names the element that holds the chat; what is in its shadow root is found too. */
export function embeddedChat(page: Page, selector: string): EmbeddedChat {
  const box = page.locator(selector);
  const composer = box.getByLabel("Write a message", { exact: true });
  return {
    page,
    box,
    composer,
    message: (text) =>
      box.getByRole("region", { name: "Message history" }).getByRole("listitem").filter({ hasText: text }),
    say: async (text) => {
      await composer.fill(text);
      await composer.press("Enter");
    },
  };
}

/** Waits for the colour that this part of the page has. */
export const colourOf = (part: Locator, property: "backgroundColor" | "color" = "backgroundColor"): Promise<string> =>
  part.evaluate((element, property) => getComputedStyle(element)[property], property);
