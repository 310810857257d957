import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, signInAs, withoutBrowser } from "../support/browser.ts";
import { type Chat, chatOn } from "../support/browser-chat.ts";
import { type SocketGate, socketGateFor } from "../support/browser-socket-gate.ts";
import { waitUntil } from "../support/wait-until.ts";

const SOON = { timeout: 30_000 };

const isFull = () => {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException("Full.", "QuotaExceededError");
  };
};

/** Ways in which a browser denies a page its storage. Each runs in the page before anything else. */
const denials: Readonly<Record<string, () => void>> = {
  "is forbidden": () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("Forbidden.", "SecurityError");
    };
  },
  "never answers": () => {
    // Nobody ever calls the listeners of this one.
    IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
  },
  "is full": isFull,
  "breaks off every transaction": () => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...args) {
      const request = put.apply(this, args);
      this.transaction.abort();
      return request;
    };
  },
  "is forbidden, and locks and channels are, too": () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("Forbidden.", "SecurityError");
    };
    LockManager.prototype.request = () => Promise.reject(new DOMException("Forbidden.", "SecurityError"));
    const forbidden = function forbiddenChannel() {
      throw new DOMException("Forbidden.", "SecurityError");
    };
    Object.assign(globalThis, { BroadcastChannel: forbidden });
  },
};

describe.skipIf(withoutBrowser)("a browser whose storage", () => {
  let stage: Stage;
  let orderId: string;
  beforeAll(async () => {
    stage = await openStage();
    const query = { subjectType: "order", subjectId: "4711" };
    orderId = (await stage.server.asUser("ana")("listConversations", { query })).conversations.at(0)!.id;
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.stop());

  async function anaOn(page: Page): Promise<Chat> {
    const ana = chatOn(await signInAs(page, "Ana Weber"));
    await ana.open("Ben Hofmann");
    return ana;
  }

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

  async function expectSent(chat: Chat, start: string, texts: readonly string[]): Promise<void> {
    await stored(start, texts.length);
    await chat
      .message(texts.at(-1)!)
      .getByText(/^(Sent|Delivered|Read)$/)
      .waitFor({ state: "attached", ...SOON });
    await chat.page.waitForTimeout(500);
    expect(await storedTexts(start)).toEqual(texts);
    expect(await chat.textsBeginning(start)).toEqual(texts);
    expect(await chat.history.getByText("Sending", { exact: true }).count()).toBe(0);
  }

  const threeFrom = (start: string) => ["one", "two", "three"].map((text) => `${start}: ${text}`);

  it.each(Object.entries(denials))("%s sends all the same, once and in order", async (how, deny) => {
    const context = await stage.context();
    await context.addInitScript(deny);
    const gate = await socketGateFor(context);
    const ana = await anaOn(await context.newPage());
    const texts = threeFrom(how);
    await ana.send(texts.at(0)!);
    await stored(how, 1);
    gate.holdAnswers();
    await ana.send(texts.at(1)!);
    await ana.send(texts.at(2)!);
    await stored(how, 2);
    gate.open();
    await expectSent(ana, how, texts);
    await ana.page.reload();
    await expectSent(ana, how, texts);
  });

  it("is really full keeps the page working", async () => {
    const context = await stage.context();
    const page = await context.newPage();
    const ana = await anaOn(page);
    const devTools = await context.newCDPSession(page);
    await devTools.send("Storage.overrideQuotaForOrigin", { origin: stage.server.url, quotaSize: 1 });
    await context.setOffline(true);
    const texts = threeFrom("Quota").map((text) => text + " ".repeat(1) + "x".repeat(1_500));
    for (const text of texts) await ana.send(text);
    await ana.ticks(texts.at(-1)!, "Sending");
    await context.setOffline(false);
    await expectSent(ana, "Quota", texts);
  });

  it("is full: what one tab could not keep outlives it in another", async () => {
    const context = await stage.context();
    await context.addInitScript(isFull);
    const [first, second, gate] = await twoTabs(context);
    const texts = threeFrom("Tabs");
    gate.holdSends();
    for (const text of texts) await first.send(text);
    await waitUntil(() => gate.held() > 0, { what: "a send is held" });
    await second.message(texts.at(-1)!).getByText("Sending").waitFor({ state: "attached" });
    await first.page.close();
    await expectSent(second, "Tabs", texts);
  });

  /** The sockets of the first one stand behind the gate. */
  async function twoTabs(context: BrowserContext): Promise<[Chat, Chat, SocketGate]> {
    const page = await context.newPage();
    const gate = await socketGateFor(page);
    const first = await anaOn(page);
    return [first, await anaOn(await context.newPage()), gate];
  }
});
