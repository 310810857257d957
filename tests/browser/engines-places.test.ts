import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureWebApp } from "../support/browser-build.ts";
import { chromium } from "../support/engines/chromium.ts";
import type { EngineWindow } from "../support/engines/engine.ts";
import { firefox } from "../support/engines/firefox.ts";
import {
  measures,
  type PageSize,
  painted,
  pressIn,
  type RowPlace,
  resizePage,
  roomAbove,
  rowPlace,
  scrollBack,
  touchRow,
  waitingBelow,
  watchArrival,
  watchEnd,
} from "../support/engines/list-in-page.ts";
import { tellLongStory } from "../support/engines/long-story.ts";
import { openAsAna, openAtEnd } from "../support/engines/read-as-ana.ts";
import { webkit } from "../support/engines/webkit.ts";
import { startServer, type TestServer } from "../support/start-server.ts";
import { waitUntil } from "../support/wait-until.ts";

const COUNT = 10_000;
/** Far from the end, and from everything that is loaded then. */
const FAR = 1_234;
/** What is left of a fraction of a pixel after the sums of three browsers. */
const EXACT = 0.05;
const keyboard: PageSize = { height: 420 };
const narrow: PageSize = { width: 700 };
const largeText: PageSize = { text: 150 };

describe("places in a history of 10,000 messages", () => {
  let server: TestServer;
  let id: string;
  let answerSeq: number;
  beforeAll(async () => {
    await ensureWebApp();
    server = await startServer();
    id = await tellLongStory(server, COUNT);
    answerSeq = (await benSays("Back then", { replyToSeq: FAR })).message.seq;
  });
  afterAll(() => server?.stop());

  const benSays = (content: string, more: { replyToSeq?: number } = {}) =>
    server.asUser("ben")("sendMessage", { params: { id }, body: { clientMessageId: content, content, ...more } });

  describe.each([chromium, firefox, webkit])("in $name", (engine) => {
    const { missing } = engine;
    let window: EngineWindow;
    beforeAll(async () => {
      if (!missing) window = await openAsAna(engine, server);
    });
    afterAll(() => window?.close());

    const middle = async () => (await window.evaluate(rowPlace, null)) ?? nowhere;
    const placeOf = async (seq: number) => (await window.evaluate(rowPlace, seq)) ?? nowhere;
    const resize = async (size: PageSize) => {
      await window.evaluate(resizePage, size);
      await window.evaluate(painted, null);
    };
    /** Opens the history, and goes so far up that older messages come in; what is read there, when they are in. */
    const openInside = async (): Promise<RowPlace> => {
      await openAtEnd(window, server, id);
      for (;;) {
        const { view } = await middle();
        await window.evaluate(scrollBack, 3_000);
        // Until then the first message may be in view, which would be held instead of the one in the middle.
        await waitUntil(async () => (await window.evaluate(roomAbove, null)) > view, {
          what: "older messages came in",
        });
        await window.evaluate(painted, null);
        const read = await middle();
        // A word about the connection that came or went meanwhile has moved the middle: nobody has chosen what is across it now.
        if (read.view === view) return read;
        await window.evaluate(scrollBack, 0);
        await window.evaluate(painted, null);
      }
    };

    it.skipIf(missing)("leads by a quote to a message far away, which then stays, and back", async () => {
      await openAtEnd(window, server, id);
      await window.evaluate(pressIn, { seq: answerSeq, selector: ".parley-quote" });
      const there = await window.evaluate(watchArrival, { seq: FAR, ms: 1_500 });
      expect(Math.round(there.worst)).toBe(0);
      const { top, bottom, view } = await placeOf(FAR);
      expect(Math.abs((top + bottom) / 2 - view / 2)).toBeLessThan(view / 4);
      await window.evaluate(pressIn, { seq: null, selector: ".parley-jump-back" });
      const back = await window.evaluate(watchArrival, { seq: answerSeq, ms: 1_000 });
      expect(Math.round(back.worst)).toBe(0);
    });

    it.skipIf(missing)("leads by a link to a message far away, which then stays", async () => {
      await window.goto(`${server.url}/c/${id}/m/${FAR}`);
      const { worst } = await window.evaluate(watchArrival, { seq: FAR, ms: 1_500 });
      expect(Math.round(worst)).toBe(0);
    });

    it.skipIf(missing)("stays at the end when the view gets another size", async () => {
      await openAtEnd(window, server, id);
      for (const size of [keyboard, {}, narrow, {}, largeText, {}]) {
        await resize(size);
        const { worst } = await window.evaluate(watchEnd, { ms: 100 });
        expect({ size, worst: Math.round(worst) }).toEqual({ size, worst: 0 });
      }
    });

    it.skipIf(missing)("holds what is read in the middle when lines break elsewhere", async () => {
      const before = await openInside();
      // On the screen: a word about the connection, which a busy machine may bring at any time, moves the middle of the view.
      const line = before.onScreen - before.top + before.view / 2;
      for (const size of [narrow, largeText]) {
        await resize(size);
        const { onScreen, top, bottom } = await placeOf(before.seq);
        const fromLine = { top: onScreen - line, bottom: onScreen + bottom - top - line };
        expect(fromLine.top, told(size, before, fromLine)).toBeLessThanOrEqual(1);
        expect(fromLine.bottom, told(size, before, fromLine)).toBeGreaterThanOrEqual(-1);
        await resize({});
        expect(Math.abs((await placeOf(before.seq)).onScreen - before.onScreen)).toBeLessThanOrEqual(1);
      }
    });

    it.skipIf(missing)(
      "keeps the first message in its place at the very top when the view gets another size",
      async () => {
        await window.goto(`${server.url}/c/${id}/m/1`);
        await window.evaluate(watchArrival, { seq: 1, ms: 500 });
        const before = await placeOf(1);
        expect(before.top).toBeGreaterThan(0);
        for (const size of [keyboard, {}, narrow, { ...narrow, ...keyboard }, largeText, {}]) {
          await resize(size);
          const moved = Math.abs((await placeOf(1)).onScreen - before.onScreen);
          // Seen once on a machine that was busy with other browsers: one pixel, in Chromium, for a reason that is not known yet.
          if (moved > EXACT) console.warn(told(size, before, await placeOf(1), await window.evaluate(measures, null)));
          expect({ size, moved: moved > EXACT ? moved : 0 }).toEqual({ size, moved: 0 });
        }
      },
    );

    it.skipIf(missing)("keeps the touched message above a keyboard, and puts it back when that goes", async () => {
      const { seq } = await openInside();
      const lower = await placeOf(seq + 1);
      await window.evaluate(touchRow, lower.seq);
      await resize(keyboard);
      const during = await placeOf(lower.seq);
      expect(during.view).toBeLessThan(lower.view - 200);
      expect(during.bottom).toBeLessThanOrEqual(during.view + 1);
      expect(during.top).toBeGreaterThanOrEqual(-1);
      // What comes in meanwhile takes nothing from what is read.
      await benSays(`While Ana writes in ${engine.name}`);
      await waitUntil(async () => (await window.evaluate(waitingBelow, null)) !== "", { what: "it waits at the end" });
      await resize({});
      await waitUntil(async () => Math.abs((await placeOf(lower.seq)).onScreen - lower.onScreen) <= 1, {
        what: "the message is where it was",
      });
    });
  });
});

const told = (...what: unknown[]): string => JSON.stringify(what);
const nowhere: RowPlace = { seq: 0, onScreen: Number.NaN, top: Number.NaN, bottom: Number.NaN, view: Number.NaN };
