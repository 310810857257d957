import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, withoutBrowser } from "../support/browser.ts";
import { watchShifts } from "../support/browser-shifts.ts";
import { waitUntil } from "../support/wait-until.ts";

const PHONE = { viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true };
const DESK = { viewport: { width: 1440, height: 900 } };
const WISHES = [
  { wish: "light" },
  { wish: "dark", colorScheme: "dark" },
  { wish: "more contrast", contrast: "more" },
  { wish: "forced colours", forcedColors: "active" },
] as const;
const LINK = '<link rel="stylesheet"';
const RICH = "**Bold**, _slanted_, ~~gone~~, `code`, https://example.org\n\n- one\n- two\n\n> said\n\n```\nlines\n```";

describe.skipIf(withoutBrowser)("the rules of the first picture, which come with the page", () => {
  let stage: Stage;
  let full: string;
  let locked: string;
  beforeAll(async () => {
    stage = await openStage();
    full = await tellOfEverything();
    locked = await openLocked();
  });
  afterAll(() => stage.stop());
  afterEach(() => stage.clear());

  /** A group in which stands nearly all that a conversation shows; its last message is new. */
  async function tellOfEverything(): Promise<string> {
    const { asHost, asUser } = stage.server;
    const participants = ["ana", "ben", "clara"].map((userId) => ({ userId }));
    const subject = { type: "order", id: "9", title: "A subject", url: "https://example.org", state: "in progress" };
    const { conversation } = await asHost("openConversation", { body: { type: "project", subject, participants } });
    const { id } = conversation;
    const say = async (content: string, more: { senderId?: string; replyToSeq?: number; mentions?: string[] }) => {
      const body = { clientMessageId: crypto.randomUUID(), content, ...more };
      return (await asHost("sendMessage", { params: { id }, body })).message.id;
    };
    const first = await say(RICH, { senderId: "ben" });
    const own = await say("@Ben Hofmann?", { senderId: "ana", mentions: ["ben"] });
    await say("🎉", { senderId: "clara" });
    await say("@Ana Weber, as was said", { senderId: "clara", replyToSeq: 1, mentions: ["ana"] });
    await say(RICH, { senderId: "ana", replyToSeq: 1 });
    await asUser("ana")("deleteMessage", { params: { id: await say("Nobody reads this", { senderId: "ana" }) } });
    await asUser("ana")("editMessage", { params: { id: own }, body: { content: "@Ben Hofmann!" } });
    await asUser("ben")("addReaction", { params: { id: own }, body: { emoji: "👍" } });
    await asUser("ana")("addReaction", { params: { id: first }, body: { emoji: "👍" } });
    await asUser("ana")("pinMessage", { params: { id: first } });
    await asUser("ana")("markRead", { params: { id }, body: { seq: 6 } });
    await say("This is new", { senderId: "ben" });
    return id;
  }

  async function openLocked(): Promise<string> {
    const { asHost } = stage.server;
    const participants = ["ana", "farid"].map((userId) => ({ userId }));
    const { conversation } = await asHost("openConversation", { body: { type: "group", title: "Over", participants } });
    const { id } = conversation;
    const body = { clientMessageId: crypto.randomUUID(), senderId: "farid", content: "The last word" };
    await asHost("sendMessage", { params: { id }, body });
    await asHost("changeConversation", { params: { id }, body: { status: "locked" } });
    return id;
  }

  /** A device on which Ana is signed in. The page's stylesheet does not come before it is let through. */
  async function anasDevice(options: BrowserContextOptions): Promise<{ page: Page; letStylesThrough: () => void }> {
    const context = await stage.context(options);
    const value = await stage.server.token("ana");
    await context.addCookies([{ name: "parley_token", value, url: stage.server.url }]);
    let letStylesThrough = () => {};
    const areAllowed = new Promise<void>((resolve) => (letStylesThrough = resolve));
    const page = await context.newPage();
    await page.route(/\.css$/, async (route) => {
      await areAllowed;
      await route.continue();
    });
    return { page, letStylesThrough };
  }

  /** Goes there, for the first time as far as the server knows, until it has had time for a picture. */
  const comeToPicture = (page: Page, id: string): Promise<string> =>
    waitUntil(
      async () => {
        await page.context().clearCookies({ name: "parley_styles" });
        const response = await page.goto(`/c/${id}`, { waitUntil: "commit" });
        const html = await response?.text();
        return html?.includes('id="first-paint"') === true ? html : null;
      },
      { what: "a page with a picture", withinMs: 30_000 },
    );

  it.each([
    { device: "a phone", options: PHONE },
    { device: "a desk", options: DESK },
  ])("draw it on $device as the whole stylesheet does, whatever the reader asks for", async ({ options }) => {
    for (const id of [full, locked]) {
      // Without scripts the picture stays.
      const { page, letStylesThrough } = await anasDevice({ ...options, javaScriptEnabled: false });
      await comeToPicture(page, id);
      await page.locator("#first-paint .parley-row").last().waitFor();
      const alone = await lookAtPicture(page, 1);
      letStylesThrough();
      const whole = await lookAtPicture(page, 2);
      for (const { wish } of WISHES) expect(differences(alone[wish], whole[wish]), wish).toEqual([]);
    }
  });

  it.each([
    { browser: "scripts wait for a stylesheet in the body", written: LINK },
    { browser: "they do not", written: '<link media="none" rel="stylesheet"' },
  ])(
    "are admitted by the page's policy; the app waits for the others, and moves nothing, where $browser",
    async ({ written }) => {
      const { page, letStylesThrough } = await anasDevice(PHONE);
      if (written !== LINK) {
        await page.route("/c/*", async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, body: (await response.text()).replace(LINK, written) });
        });
      }
      const shifts = await watchShifts(page);
      await page.addInitScript(watchApp);
      const complaints: string[] = [];
      page.on("console", (line) => line.text().includes("Content Security Policy") && complaints.push(line.text()));
      const received: string[] = [];
      page.on("requestfinished", (request) => received.push(request.url()));
      await comeToPicture(page, full);
      await page.locator("#first-paint .parley-row").last().waitFor();
      for (const script of ["/assets/index-", "/assets/MessagesPage-"]) {
        await expect.poll(() => received.some((url) => url.includes(script))).toBe(true);
      }
      expect(await page.locator("#app > *").count()).toBe(0);
      letStylesThrough();
      await page.locator("#first-paint").waitFor({ state: "detached" });
      expect(await page.evaluate(() => (globalThis as unknown as Watched).sheetsAtStart)).toBe(2);
      expect(await shifts()).toBeLessThan(0.02);
      expect(complaints).toEqual([]);
    },
  );

  it("come once: a device that has the stylesheet gets a page that links it alone", async () => {
    const { page, letStylesThrough } = await anasDevice(PHONE);
    letStylesThrough();
    expect(await comeToPicture(page, full)).toContain("<style>");
    await page.locator("#first-paint").waitFor({ state: "detached" });
    const html = (await (await page.reload())?.text()) ?? "";
    expect(html).not.toContain("<style>");
    expect(html.split("</head>")[0]).toContain(LINK);
  });
});

interface Watched {
  /** How many stylesheets there were when the app drew something first. */
  sheetsAtStart?: number;
}

/** In the page, before its scripts. A stylesheet that was for no medium, so that no script waited for it, holds when it is there. */
function watchApp(): void {
  const apply = ({ target }: Event) => target instanceof HTMLLinkElement && target.removeAttribute("media");
  document.addEventListener("load", apply, { capture: true });
  new MutationObserver((_records, observer) => {
    if (document.querySelector("#app > *") === null) return;
    (globalThis as unknown as Watched).sheetsAtStart = document.styleSheets.length;
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}

type Drawn = Record<string, string>;

/** The place and the look of all that is in the picture, by what the reader asks for, with so many stylesheets. */
async function lookAtPicture(page: Page, sheets: number): Promise<Record<string, Drawn>> {
  await expect.poll(() => page.evaluate(() => document.styleSheets.length)).toBe(sheets);
  // Measuring asks for the fonts.
  await page.evaluate(draw);
  await expect.poll(() => page.evaluate(() => document.fonts.status)).toBe("loaded");
  const drawn: Record<string, Drawn> = {};
  for (const { wish, ...media } of WISHES) {
    const asked = { colorScheme: "light", contrast: null, forcedColors: "none", ...media } as const;
    await page.emulateMedia({ ...asked, reducedMotion: "reduce" });
    drawn[wish] = await page.evaluate(draw);
  }
  return drawn;
}

function differences(some: Drawn = {}, others: Drawn = {}): string[] {
  const places = Object.keys({ ...some, ...others });
  expect(places.length).toBeGreaterThan(50);
  return places.flatMap((place) => {
    if (some[place] === others[place]) return [];
    return [`${place}: ${some[place]} / ${others[place]}`];
  });
}

/** In the page. */
function draw(): Drawn {
  const looks = ["background", "border", "border-radius", "box-shadow", "color", "content", "fill", "font", "opacity"];
  const others = [
    "letter-spacing",
    "mask",
    "outline",
    "overflow",
    "stroke",
    "text-decoration",
    "visibility",
    "z-index",
  ];
  const drawn: Drawn = {};
  const inPicture = document.querySelectorAll("html, body, #first-paint, #first-paint *");
  for (const [index, element] of [...inPicture].entries()) {
    const { x, y, width, height } = element.getBoundingClientRect();
    for (const part of ["", "::before", "::after", "::placeholder"]) {
      const style = getComputedStyle(element, part);
      if (part !== "" && style.content === "none") continue;
      const place = `${index} ${element.tagName} ${element.getAttribute("class") ?? ""}${part}`;
      const size = part === "" ? [x, y, width, height] : [style.inlineSize, style.blockSize];
      drawn[place] = [...size, ...[...looks, ...others].map((name) => style.getPropertyValue(name))].join(" | ");
    }
  }
  return drawn;
}
