import { expect, it } from "vitest";
import { describeEmbedding } from "../support/embed-cases.ts";

const phone = { width: 390, height: 844 };

describeEmbedding(
  "the kit in a React page of a host",
  { example: "react", chat: ".chat", bensWindow: phone },
  (embedded) => {
    it("takes the host's components", async () => {
      const { box } = embedded().ana;
      expect(await box.locator(".parley-header .market-avatar").textContent()).toBe("B");
    });

    it("lets the host keep a message back", async () => {
      const { ana } = embedded();
      await ana.say("My card is 4111111111111111");
      await ana.page.waitForTimeout(300);
      expect(await ana.composer.inputValue()).toBe("My card is 4111111111111111");
      await ana.composer.fill("");
    });

    it("opens a popup that the host holds", async () => {
      const { page } = embedded().ana;
      await page.getByRole("button", { name: "Ask about this order" }).click();
      const dialog = page.getByRole("dialog", { name: "Conversations" });
      await dialog
        .getByRole("link", { name: /Ben Hofmann/ })
        .first()
        .waitFor();
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      const launcher = page.getByRole("button", { name: /^Open messages/ });
      expect(await launcher.evaluate((button) => button === document.activeElement)).toBe(true);
    });

    it("fills a phone with the popup", async () => {
      const { page } = embedded().ben;
      await page.getByRole("button", { name: /^Open messages/ }).click();
      const dialog = page.getByRole("dialog", { name: "Conversations" });
      await dialog.evaluate((one) =>
        Promise.all(one.getAnimations({ subtree: false }).map(({ finished }) => finished)),
      );
      expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, ...phone });
      await dialog.getByRole("button", { name: "Close messages" }).click();
      await dialog.waitFor({ state: "detached" });
    });
  },
);
