import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, withoutBrowser } from "../support/browser.ts";

interface Seen {
  /** How many rows of the history came in each task that brought some. */
  readonly rows: number[];
  /** Which large parts of the page came, task by task. */
  readonly parts: string[][];
  /** Formats and segmenters of the browser's own, which are dear to make. */
  readonly made: string[];
}

describe.skipIf(withoutBrowser)("the tasks in which the messages page starts", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.stop());
  afterEach(() => stage.clear());

  it.each([
    { what: "at its end", other: "clara", isRead: true, rows: 40 },
    { what: "at what is new", other: "david", isRead: false, rows: 25 },
  ])(
    "are short where it opens $what: a few rows in each, and nothing that a first view can do without",
    async ({ other, isRead, rows: opened }) => {
      const { conversation } = await stage.server.asHost("openConversation", {
        body: { type: "direct", participants: [{ userId: "ana" }, { userId: other }] },
      });
      const { id } = conversation;
      for (let number = 1; number <= 40; number += 1) {
        const body = { clientMessageId: crypto.randomUUID(), senderId: other, content: `Message ${number}` };
        await stage.server.asHost("sendMessage", { params: { id }, body });
      }
      if (isRead) await stage.server.asUser("ana")("markRead", { params: { id }, body: { seq: 40 } });
      const context = await stage.context({ viewport: { width: 412, height: 823 } });
      const value = await stage.server.token("ana");
      await context.addCookies([{ name: "parley_token", value, url: stage.server.url }]);
      const page = await context.newPage();
      await page.addInitScript(watch);
      await page.goto(`/c/${id}`);
      await expect.poll(() => page.locator("#app .parley-row").count()).toBe(opened);
      await page.locator("#first-paint").waitFor({ state: "detached" });
      const { rows, parts, made } = await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
      expect(rows.reduce((sum, count) => sum + count, 0)).toBe(opened);
      expect(Math.max(...rows)).toBeLessThanOrEqual(4);
      // One large part in each task, and the history's rows in others.
      expect(parts).toEqual([[".inbox"], [".parley-header"], [".parley-composer"], [".parley-scroller"]]);
      expect(made).toEqual([]);
      // What a menu holds is made when somebody opens it.
      expect(await page.locator("dialog, .settings input").count()).toBe(0);
      // A phone shows the list when it is led to it.
      expect(await page.locator(".parley-conversations").count()).toBe(0);
      await page.getByRole("link", { name: "Back to the conversations" }).click();
      await page.getByRole("navigation", { name: "Conversations" }).waitFor();
    },
  );
});

/** In the page, before its scripts. */
function watch(): void {
  const PARTS = [".inbox", ".parley-header", ".parley-composer", ".parley-scroller"];
  const seen: { rows: number[]; parts: string[][]; made: string[] } = { rows: [], parts: [], made: [] };
  Object.assign(globalThis, { seen });
  for (const name of ["DateTimeFormat", "RelativeTimeFormat", "ListFormat", "NumberFormat", "Segmenter"] as const) {
    const construct = (target: new (...args: unknown[]) => object, args: unknown[]) => {
      seen.made.push(name);
      return Reflect.construct(target, args);
    };
    const maker = Intl[name] as unknown as new (...args: unknown[]) => object;
    Object.defineProperty(Intl, name, { value: new Proxy(maker, { construct }) });
  }
  // It is called once after each task that changed something.
  new MutationObserver((records) => {
    const added = records.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node instanceof Element);
    const inApp = added.filter((element) => element.closest("#app") !== null);
    const found = (selector: string) =>
      inApp.flatMap((element) => [
        ...(element.matches(selector) ? [element] : []),
        ...element.querySelectorAll(selector),
      ]);
    const rows = new Set(found(".parley-row")).size;
    const parts = PARTS.filter((part) => found(part).length > 0);
    if (rows > 0) seen.rows.push(rows);
    if (parts.length > 0) seen.parts.push(parts);
  }).observe(document, { childList: true, subtree: true });
}
