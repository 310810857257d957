import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, signInAs, withoutBrowser } from "../support/browser.ts";
import { type Chat, chatOn } from "../support/browser-chat.ts";
import { gateFor } from "../support/browser-gate.ts";
import { keptTexts } from "../support/browser-outbox.ts";
import { type SocketGate, socketGateFor } from "../support/browser-socket-gate.ts";
import { waitUntil } from "../support/wait-until.ts";

const SOON = { timeout: 30_000 };

describe.skipIf(withoutBrowser)("a client that ends in mid-send", () => {
  let stage: Stage;
  let orderId: string;
  beforeAll(async () => {
    stage = await openStage();
    const query = { subjectType: "order", subjectId: "4711" };
    orderId = (await stage.server.asUser("ana")("listConversations", { query })).conversations.at(0)!.id;
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.stop());

  /** Ana in her conversation with Ben, in a tab of her own. */
  async function anaOn(page: Page): Promise<Chat> {
    const ana = chatOn(await signInAs(page, "Ana Weber"));
    await ana.open("Ben Hofmann");
    return ana;
  }

  /** What the server holds of the messages that begin so, in its order. */
  async function storedTexts(start: string): Promise<string[]> {
    const { messages } = await stage.server.asUser("ben")("listMessages", {
      params: { id: orderId },
      query: { limit: 100 },
    });
    return messages.map(({ content }) => content ?? "").filter((text) => text.startsWith(start));
  }

  const stored = (start: string, count: number) =>
    waitUntil(async () => (await storedTexts(start)).length >= count, {
      withinMs: 30_000,
      what: `${count} messages "${start}" are stored`,
    });

  /** In the end each message is there once and in order: on the server, in this window, and not in its outbox. */
  async function expectInTheEnd(chat: Chat, start: string, texts: readonly string[]): Promise<void> {
    await stored(start, texts.length);
    await chat
      .message(texts.at(-1)!)
      .getByText(/^(Sent|Delivered|Read)$/)
      .waitFor({ state: "attached", ...SOON });
    await chat.page.waitForTimeout(1_000);
    expect(await storedTexts(start)).toEqual(texts);
    expect(await chat.textsBeginning(start)).toEqual(texts);
    expect(await chat.history.getByText("Sending", { exact: true }).count()).toBe(0);
    expect(await keptTexts(chat.page)).toEqual([]);
  }

  const endings: Readonly<Record<string, (context: BrowserContext, page: Page) => Promise<Page>>> = {
    "whose renderer crashes": async (context, page) => {
      const crashed = new Promise((resolve) => page.once("crash", resolve));
      const devTools = await context.newCDPSession(page);
      // Nobody is left to answer.
      void devTools.send("Page.crash").catch(() => {});
      await crashed;
      return context.newPage();
    },
    "whose tab is closed": async (context, page) => {
      await page.close();
      return context.newPage();
    },
    "that is loaded again": async (_context, page) => {
      await page.reload();
      return page;
    },
  };

  describe.each(Object.entries(endings))("%s", (how, end) => {
    const moments: readonly [
      string,
      (gate: SocketGate) => void,
      (gate: SocketGate, start: string) => Promise<unknown>,
    ][] = [
      [
        "before the server hears of it",
        (gate) => gate.holdSends(),
        (gate) => waitUntil(() => gate.held() > 0, { what: "a send is held" }),
      ],
      ["before it hears that the server has it", (gate) => gate.holdAnswers(), (_gate, start) => stored(start, 1)],
    ];
    it.each(moments)("%s", async (when, hold, isHeld) => {
      const start = `${how}, ${when}: `;
      const texts = ["one", "two", "three"].map((text) => start + text);
      const context = await stage.context();
      const gate = await socketGateFor(context);
      const page = await context.newPage();
      const ana = await anaOn(page);
      hold(gate);
      for (const text of texts) await ana.send(text);
      await isHeld(gate, start);
      await ana.ticks(texts.at(-1)!, "Sending");
      expect(await keptTexts(page)).toEqual(texts);
      const next = await end(context, page);
      gate.open();
      await expectInTheEnd(await anaOn(next), start, texts);
    });
  });

  it("over HTTP, when its tab is closed while the request waits", async () => {
    const context = await stage.context();
    const gate = await gateFor(context);
    await gate.closeSockets();
    let held = 0;
    const isSend = new RegExp(`/api/conversations/${orderId}/messages$`);
    await context.route(isSend, async (route) => {
      if (route.request().method() === "POST" && held < 1) held += 1;
      else await route.fallback();
    });
    const page = await context.newPage();
    const ana = await anaOn(page);
    await ana.send("HTTP: one");
    await ana.send("HTTP: two");
    await waitUntil(() => held > 0, { withinMs: 30_000, what: "the request is held" });
    await page.close();
    gate.open();
    await expectInTheEnd(await anaOn(await context.newPage()), "HTTP", ["HTTP: one", "HTTP: two"]);
  });

  it("while another tab waits for its turn: that one goes on", async () => {
    const context = await stage.context();
    const firstPage = await context.newPage();
    const gate = await socketGateFor(firstPage);
    const first = await anaOn(firstPage);
    const second = await anaOn(await context.newPage());
    gate.holdSends();
    await first.send("Turns: first, one");
    await waitUntil(() => gate.held() > 0, { what: "the first tab sends" });
    await second.send("Turns: second, one");
    await first.send("Turns: first, two");
    await second.message("Turns: first, two").getByText("Sending").waitFor({ state: "attached" });
    expect(await storedTexts("Turns")).toEqual([]);
    // The app's own locks, of who looks at what and who makes a sound, do not count.
    const locks = () =>
      second.page.evaluate(async () => {
        const { held = [] } = await navigator.locks.query();
        return held.filter(({ name }) => !/^parley:(looking|sound):/.test(name ?? "")).length;
      });
    expect(await locks()).toBe(1);
    const crashed = new Promise((resolve) => firstPage.once("crash", resolve));
    void (await context.newCDPSession(firstPage)).send("Page.crash").catch(() => {});
    await crashed;
    const texts = ["Turns: first, one", "Turns: second, one", "Turns: first, two"];
    await expectInTheEnd(second, "Turns", texts);
  });
});
