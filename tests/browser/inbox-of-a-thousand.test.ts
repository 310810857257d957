import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, withoutBrowser } from "../support/browser.ts";
import { type InboxOn, inboxOn } from "../support/browser-inbox.ts";
import { readSettled } from "../support/read-settled.ts";

const COUNT = 1_000;

describe.skipIf(withoutBrowser)("an inbox of a thousand conversations", () => {
  let stage: Stage;
  let ana: InboxOn;
  beforeAll(async () => {
    stage = await openStage();
    const { asHost } = stage.server;
    // Ten at a time: the pool is small.
    for (let from = 1; from <= COUNT; from += 10) {
      await Promise.all(Array.from({ length: 10 }, (_, index) => open(asHost, `${from + index}`.padStart(4, "0"))));
    }
    ana = inboxOn(await stage.signIn("Ana Weber"));
    await ana.list.getByRole("link").first().waitFor();
  });
  afterAll(() => stage?.stop());

  it("mounts only what is in view, and scrolls without leaving gaps", async () => {
    const lines = async () => Number(await ana.list.getByRole("listitem").first().getAttribute("aria-setsize"));
    await expect.poll(lines, { timeout: 20_000 }).toBeGreaterThan(COUNT);
    expect(await ana.list.getByRole("link").count()).toBeLessThan(40);
    const frames = await scrollThrough(ana.page);
    console.log(`scrolling: ${JSON.stringify(frames)}`);
    expect(frames.empty).toBe(0);
    expect(await ana.list.getByRole("link").count()).toBeLessThan(40);
  });

  it("renders one line again for a message, not the others", async () => {
    await ana.page.evaluate(() => document.querySelector(".parley-conversations-scroll")?.scrollTo(0, 0));
    const first = ana.list.getByRole("listitem").first();
    await expect.poll(() => first.getAttribute("aria-posinset")).toBe("1");
    const [, second = ""] = await ana.names();
    const id = (await ana.line(second).first().getAttribute("href"))?.split("/").at(-1) ?? "";
    const changed = await watchLines(ana.page);
    await stage.server.asHost("sendMessage", {
      params: { id },
      body: { clientMessageId: `news-${id}`, content: "Only this line", kind: "system" },
    });
    await ana.line("Only this line").waitFor();
    expect(await changed()).toEqual([id]);
  });

  it("keeps the line with the focus wherever the list is scrolled, and reaches the last one by a key", async () => {
    const first = ana.list.getByRole("link").first();
    await first.focus();
    const name = await first.locator(".parley-conversation-name").textContent();
    await ana.page.evaluate(() => document.querySelector(".parley-conversations-scroll")?.scrollTo(0, 30_000));
    await ana.page.waitForTimeout(300);
    expect(await focusedName(ana.page)).toBe(name);
    await ana.page.keyboard.press("End");
    await expect.poll(() => focusedIsInView(ana.page)).toBe(true);
    await ana.page.keyboard.press("ArrowUp");
    await ana.page.keyboard.press("Home");
    await expect.poll(() => focusedName(ana.page)).toBe(name);
    await expect.poll(() => focusedIsInView(ana.page)).toBe(true);
  });

  it("is on a phone where it was when one comes back from a conversation", async () => {
    const phone = inboxOn(await stage.signIn("Ana Weber", { viewport: { width: 375, height: 740 } }));
    await phone.list.getByRole("link").nth(5).waitFor();
    await phone.page.evaluate(() => document.querySelector(".parley-conversations-scroll")?.scrollTo(0, 6_000));
    await expect.poll(() => nameInTheMiddle(phone.page), { timeout: 10_000 }).not.toBe("");
    // Lines are measured after they have come into view.
    const name = await readSettled(() => nameInTheMiddle(phone.page));
    const before = await readSettled(() => placeOf(phone, name));
    await phone.line(name).first().click();
    await phone.page.getByRole("heading", { name }).waitFor();
    await phone.page.goBack();
    await phone.line(name).first().waitFor();
    expect(Math.abs((await placeOf(phone, name)) - before)).toBeLessThan(3);
    expect(await focusedName(phone.page)).toBe(name);
    await phone.page.context().close();
  });

  it("moves nothing for one who has scrolled down when others come in above, and when they go again", async () => {
    await ana.page.evaluate(() => document.querySelector(".parley-conversations-scroll")?.scrollTo(0, 9_000));
    await expect.poll(() => nameInTheMiddle(ana.page)).toMatch(/^Number 0[^9]/);
    const name = await nameInTheMiddle(ana.page);
    const before = await placeOf(ana, name);
    const watched = watchLine(ana, name, 1_500);
    for (const number of ["0003", "0002", "0001"]) await open(stage.server.asHost, `${number} again`);
    expect(await watched).toBeLessThan(2);
    expect(Math.abs((await placeOf(ana, name)) - before)).toBeLessThan(2);
    await ana.page.evaluate(() => document.querySelector(".parley-conversations-scroll")?.scrollTo(0, 0));
    await ana.line("Number 0001 again").waitFor();
  });

  it("finds one of them while it is typed", async () => {
    await ana.search.pressSequentially("number 0777", { delay: 15 });
    await expect.poll(() => ana.names()).toEqual(["Number 0777"]);
    await ana.search.press("Escape");
  });
});

async function open(asHost: Stage["server"]["asHost"], number: string): Promise<void> {
  await asHost("openConversation", {
    body: {
      type: "group",
      title: `Number ${number}`,
      participants: [{ userId: "ana" }, { userId: "ben" }, { userId: "clara" }],
    },
  });
}

/** Wheels down through some hundred lines: how long frames took, and how often the middle of the list showed nothing. */
function scrollThrough(page: Page): Promise<{ p50: number; p95: number; max: number; empty: number; frames: number }> {
  return page.evaluate(async () => {
    const scroller = document.querySelector(".parley-conversations-scroll")!;
    const box = scroller.getBoundingClientRect();
    const times: number[] = [];
    let empty = 0;
    let before = performance.now();
    for (let frame = 0; frame < 240; frame += 1) {
      scroller.scrollTop += 120;
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      times.push(now - before);
      before = now;
      const middle = box.top + box.height / 2;
      const covers = (line: Element) => {
        const { top, bottom } = line.getBoundingClientRect();
        return top <= middle && bottom >= middle;
      };
      if (![...scroller.querySelectorAll("li")].some(covers)) empty += 1;
    }
    times.sort((a, b) => a - b);
    const at = (part: number) => Math.round(times[Math.floor(times.length * part)] ?? 0);
    return { p50: at(0.5), p95: at(0.95), max: Math.round(times.at(-1) ?? 0), empty, frames: times.length };
  });
}

/** Ids of the lines whose content changed since; a line that only moved did not. */
async function watchLines(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const changed = new Set<string>();
    (globalThis as unknown as { changedLines: Set<string> }).changedLines = changed;
    new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        const id = element?.closest<HTMLElement>(".parley-conversation-row")?.dataset.id;
        if (id !== undefined && element?.classList.contains("parley-conversation-row") !== true) changed.add(id);
      }
    }).observe(document.querySelector(".parley-conversations-scroll ul")!, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  return () => page.evaluate(() => [...(globalThis as unknown as { changedLines: Set<string> }).changedLines]);
}

/** Name of the line across the middle of the list, "" while there is none. */
const nameInTheMiddle = (page: Page) =>
  page.evaluate(() => {
    const box = document.querySelector(".parley-conversations-scroll")!.getBoundingClientRect();
    const line = document.elementFromPoint(box.left + 40, box.top + box.height / 2)?.closest("li");
    return line?.querySelector(".parley-conversation-name")?.textContent ?? "";
  });

/**
 * How far below the upper edge of the list the line stands, in px. Not `scrollTop`: while lines above are measured the list
 * moves that, so that what is in view stays.
 */
function placeOf({ line }: InboxOn, name: string): Promise<number> {
  return line(name).evaluate((link) => {
    const list = link.closest(".parley-conversations-scroll")!;
    return link.getBoundingClientRect().top - list.getBoundingClientRect().top;
  });
}

/** The farthest that the line was from its first place in any frame, in px. */
function watchLine({ line }: InboxOn, name: string, ms: number): Promise<number> {
  return line(name).evaluate(async (link, ms) => {
    const top = () => link.getBoundingClientRect().top;
    const first = top();
    const until = performance.now() + ms;
    let worst = 0;
    while (performance.now() < until) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      worst = Math.max(worst, link.isConnected ? Math.abs(top() - first) : 1e9);
    }
    return worst;
  }, ms);
}

const focusedName = (page: Page) =>
  page.evaluate(() => document.activeElement?.querySelector(".parley-conversation-name")?.textContent);

const focusedIsInView = (page: Page) =>
  page.evaluate(() => {
    const line = document.activeElement?.closest(".parley-conversation-row")?.getBoundingClientRect();
    const box = document.querySelector(".parley-conversations-scroll")!.getBoundingClientRect();
    return line !== undefined && line.top >= box.top - 2 && line.bottom <= box.bottom + 2;
  });
