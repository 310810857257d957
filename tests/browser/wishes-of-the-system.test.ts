import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { BrowserContextOptions, Page } from "playwright-core";
import { openStage, type Stage, withoutBrowser } from "../support/browser.ts";
import { type Chat, chatOn } from "../support/browser-chat.ts";
import { watchMotion } from "../support/browser-motion.ts";
import { hiddenFocus } from "../support/browser-tree.ts";

describe.skipIf(withoutBrowser)("what people have asked their system for", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.stop());

  async function openAna(options: BrowserContextOptions): Promise<Chat> {
    const ana = chatOn(await stage.signIn("Ana Weber", options));
    await ana.open("Ben Hofmann");
    return ana;
  }

  describe.each(["light", "dark"] as const)("forced colours, %s", (colorScheme) => {
    const forced = { forcedColors: "active", colorScheme } as const;

    it("show where the focus is, wherever it goes", async () => {
      const { page } = await openAna(forced);
      await page.locator("body").focus();
      const complaints = new Set<string>();
      for (let step = 0; step < 30; step += 1) {
        await page.keyboard.press("Tab");
        const complaint = await hiddenFocus(page);
        if (complaint !== null && complaint !== "Nothing has the focus.") complaints.add(complaint);
      }
      expect([...complaints]).toEqual([]);
    });

    it("keep own messages apart from others', bubbles from the ground, and every button from what is behind it", async () => {
      const ana = await openAna(forced);
      const edges = (own: boolean) =>
        ana.history
          .locator(`.parley-message${own ? "" : ":not"}${own ? ".parley-own" : "(.parley-own)"} .parley-bubble`)
          .last()
          .evaluate((bubble) => {
            const { borderInlineStartWidth, borderInlineEndWidth } = getComputedStyle(bubble);
            return [borderInlineStartWidth, borderInlineEndWidth].map(Number.parseFloat);
          });
      const [mine, theirs] = [await edges(true), await edges(false)];
      expect(Math.min(...mine, ...theirs)).toBeGreaterThanOrEqual(1);
      expect(Math.max(...mine)).toBeGreaterThan(Math.max(...theirs));
      expect(await lostButtons(ana.page)).toEqual([]);
      await ana.page.getByRole("button", { name: "Insert an emoji" }).click();
      await ana.page.getByRole("tab").first().waitFor();
      expect(await outlineOf(ana.page, "[role=tab][aria-selected=true]")).not.toBe("none");
      expect(await lostButtons(ana.page)).toEqual([]);
    });

    it("show which switches are on", async () => {
      const { page } = await openAna(forced);
      await page.getByRole("button", { name: "Settings" }).click();
      await page.getByRole("switch", { checked: true }).first().waitFor();
      const switches = await page.getByRole("switch").evaluateAll((all) =>
        all.map((one) => {
          const [thumb, track] = [getComputedStyle(one, "::before"), getComputedStyle(one)];
          return { on: (one as HTMLInputElement).checked, thumb: thumb.backgroundColor, track: track.backgroundColor };
        }),
      );
      expect(switches.filter(({ thumb, track }) => thumb === track)).toEqual([]);
      const tracks = (on: boolean) => switches.filter((one) => one.on === on).map(({ track }) => track);
      expect(tracks(true)).not.toContain(tracks(false)[0]);
    });
  });

  it("with less motion nothing moves: menus, notices, jumps and messages appear at once", async () => {
    const ana = await openAna({ reducedMotion: "reduce" });
    const moved = await watchMotion(ana.page);
    await useAll(ana);
    expect((await moved()).filter((property) => property !== "opacity")).toEqual([]);
    const behaviours = await ana.page.evaluate(() =>
      [...document.querySelectorAll("*")].filter((one) => getComputedStyle(one).scrollBehavior === "smooth"),
    );
    expect(behaviours).toHaveLength(0);
  });

  it("otherwise something does move, so that the test above can fail", async () => {
    const ana = await openAna({ reducedMotion: "no-preference" });
    const moved = await watchMotion(ana.page);
    await useAll(ana);
    expect((await moved()).filter((property) => property !== "opacity")).not.toEqual([]);
  });

  it("with less motion all of the page takes another theme in the same moment", async () => {
    const { page } = await openAna({ reducedMotion: "reduce", colorScheme: "dark" });
    const begun = await page.evaluateHandle(() => {
      const transitions: string[] = [];
      document.addEventListener("transitionrun", ({ propertyName }) => transitions.push(propertyName), true);
      return transitions;
    });
    await page.emulateMedia({ colorScheme: "light" });
    const name = page.locator(".parley-conversation-name").first();
    await expect.poll(() => name.evaluate((element) => getComputedStyle(element).color)).toBe("rgb(42, 33, 38)");
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect(await begun.jsonValue()).toEqual([]);
  });

  it("with more contrast grey text is ink, lines are strong and the focus is ink too", async () => {
    const usual = await looks(await openAna({}));
    const strong = await looks(await openAna({ contrast: "more" }));
    expect(usual.preview).not.toBe(usual.name);
    expect(strong.preview).toBe(strong.name);
    expect(strong.line).not.toBe(usual.line);
    expect(strong.focus).not.toBe(usual.focus);
  });
});

/** Writes, opens what can be opened, deletes, and comes back. */
async function useAll(ana: Chat): Promise<void> {
  const { page } = ana;
  const text = `Here and gone ${crypto.randomUUID()}`;
  await ana.send(text);
  await ana.message(text).hover();
  await ana.choose(text, "Delete");
  await page.getByRole("button", { name: "Undo" }).click();
  await ana.message(text).getByRole("button", { name: "React" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Add a reaction" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("complementary", { name: "Pinned messages" }).getByRole("button").click();
  await page.waitForTimeout(600);
  await page.getByRole("button", { name: "Search this conversation" }).click();
  await page.waitForTimeout(400);
}

/** Buttons in sight whose words or signs have the colour of what is behind them. */
const lostButtons = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const groundOf = (element: Element | null): string => {
      if (element === null) return getComputedStyle(document.documentElement).backgroundColor;
      const { backgroundColor } = getComputedStyle(element);
      return /, 0\)$|^transparent$/.test(backgroundColor) ? groundOf(element.parentElement) : backgroundColor;
    };
    return [...document.querySelectorAll("button, [role=tab], a[href]")]
      .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .filter((one) => getComputedStyle(one.querySelector("svg") ?? one).color === groundOf(one))
      .map((one) => one.outerHTML.slice(0, 120));
  });

const outlineOf = (page: Page, selector: string): Promise<string> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => getComputedStyle(element).outlineStyle);

/** Colours of a name, the quieter text under it, the line between the halves, and of what has the focus. */
async function looks(ana: Chat) {
  await ana.composer.focus();
  return ana.page.evaluate(() => {
    const style = (selector: string) => getComputedStyle(document.querySelector(selector)!);
    return {
      name: style(".parley-conversation-name").color,
      preview: style('.parley-conversation:not([data-unread="true"]) .parley-conversation-preview').color,
      line: style(".parley-composer-line").borderTopColor,
      focus: style(".parley-composer-line").outlineColor,
    };
  });
}
