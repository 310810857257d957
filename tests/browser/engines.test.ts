import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureWebApp } from "../support/browser-build.ts";
import { type Journey, travel } from "../support/browser-scroll.ts";
import { chromium } from "../support/engines/chromium.ts";
import type { EngineWindow } from "../support/engines/engine.ts";
import { firefox } from "../support/engines/firefox.ts";
import {
  compose,
  loadedPictures,
  loadPictures,
  mountedRows,
  placePictures,
  scrollBack,
  seqsInView,
  type Watched,
  watchEnd,
  watchRow,
} from "../support/engines/list-in-page.ts";
import { tellLongStory } from "../support/engines/long-story.ts";
import { openAsAna, openAtEnd } from "../support/engines/read-as-ana.ts";
import { webkit } from "../support/engines/webkit.ts";
import { startServer, type TestServer } from "../support/start-server.ts";
import { waitUntil } from "../support/wait-until.ts";

const COUNT = 10_000;
/** PARLEY_WHOLE_WAY=1 scrolls through all of them, which takes minutes; else through some pages. */
const WHOLE_WAY = process.env["PARLEY_WHOLE_WAY"] !== undefined;
const FAR = 250;
const WHOLE_WAY_MS = 1_800_000;
const EVERYTHING = 1e9;
/** What is left of a fraction of a pixel after the sums of three browsers. */
const EXACT = 0.05;
const LONG_TEXT = "One\nline\nmore\nthan\nbefore";

describe("the message list with 10,000 messages", () => {
  let server: TestServer;
  let id: string;
  beforeAll(async () => {
    await ensureWebApp();
    server = await startServer();
    id = await tellLongStory(server, COUNT);
  });
  afterAll(() => server?.stop());

  const asBen = () => server.asUser("ben");
  const benSays = (content: string) =>
    asBen()("sendMessage", { params: { id }, body: { clientMessageId: crypto.randomUUID(), content } });

  describe.each([chromium, firefox, webkit])("in $name", (engine) => {
    const { missing } = engine;
    let window: EngineWindow;
    beforeAll(async () => {
      if (missing) return;
      window = await openAsAna(engine, server);
    });
    afterAll(() => window?.close());

    const inView = () => window.evaluate(seqsInView, null);

    /** Scrolls so that about so many px are below the view; the seq of a row in the middle of the view. */
    async function readBack(px: number): Promise<number> {
      await window.evaluate(scrollBack, px);
      await pause(500);
      const seqs = await inView();
      return seqs[Math.floor(seqs.length / 2)] ?? 0;
    }

    /** The worst that was seen while something else happened. */
    async function worstDuring(watching: Promise<Watched>, work: () => Promise<unknown>): Promise<number> {
      const [{ worst }] = await Promise.all([watching, work()]);
      return worst;
    }

    it.skipIf(missing)("stays at the end: 60 messages in 0.9 s, the last one grows, the composer grows", async () => {
      await openAtEnd(window, server, id);
      const burst = await worstDuring(window.evaluate(watchEnd, { ms: 1_500 }), async () => {
        for (let number = 1; number <= 60; number += 1) await Promise.all([benSays(`Burst ${number}`), pause(15)]);
      });
      expect(burst).toBeLessThanOrEqual(1);
      const { message } = await benSays("Growing");
      await waitUntil(async () => (await inView()).at(-1) === message.seq, { what: "the newest is in view" });
      const growing = await worstDuring(window.evaluate(watchEnd, { ms: 1_000 }), async () => {
        for (let lines = 1; lines <= 8; lines += 1) {
          await asBen()("editMessage", { params: { id: message.id }, body: { content: "Line\n".repeat(lines) } });
          await pause(60);
        }
      });
      expect(growing).toBeLessThanOrEqual(1);
      await window.evaluate(compose, { text: LONG_TEXT, afterMs: 150 });
      expect((await window.evaluate(watchEnd, { ms: 500 })).worst).toBeLessThanOrEqual(1);
    });

    it.skipIf(missing)("moves nothing when older messages come in above, in the middle and at the top", async () => {
      await openAtEnd(window, server, id);
      for (const px of [1_500, EVERYTHING, EVERYTHING]) {
        const before = await window.evaluate(mountedRows, null);
        await window.evaluate(scrollBack, px);
        const seq = (await inView()).at(-1) ?? 0;
        const { worst } = await window.evaluate(watchRow, { seq, ms: 800 });
        expect({ px, worst: Math.round(worst) }).toEqual({ px, worst: 0 });
        expect(await window.evaluate(mountedRows, null)).toBeGreaterThan(before);
      }
    });

    it.skipIf(missing)("moves nothing for a reader: messages arrive, pictures load, the composer grows", async () => {
      await openAtEnd(window, server, id);
      const seq = await readBack(2_500);
      const arriving = await worstDuring(window.evaluate(watchRow, { seq, ms: 1_000 }), async () => {
        for (let number = 1; number <= 10; number += 1) await benSays(`While reading ${number}`);
      });
      expect(arriving).toBeLessThanOrEqual(1);
      expect(await window.evaluate(placePictures, null)).toBeGreaterThan(10);
      const other = await readBack(2_500);
      await window.evaluate(loadPictures, { url: `${server.url}/favicon.svg`, afterMs: 150 });
      await window.evaluate(compose, { text: LONG_TEXT, afterMs: 500 });
      expect((await window.evaluate(watchRow, { seq: other, ms: 1_000 })).worst).toBeLessThanOrEqual(1);
      expect(await window.evaluate(loadedPictures, null)).toBeGreaterThan(10);
    });

    it.skipIf(missing)(
      "is scrolled up far and fast without a jump",
      async () => {
        await openAtEnd(window, server, id);
        const newest = (await inView()).at(-1) ?? 0;
        const oldest = async () => (await inView()).at(0) ?? newest;
        const journey = await travelUp(window, async () => !WHOLE_WAY && newest - (await oldest()) > FAR);
        if (WHOLE_WAY) console.info(engine.name, journey);
        expect(journey.worstError).toBeLessThanOrEqual(EXACT);
        const end = { arrived: journey.arrived, oldest: await oldest() };
        if (WHOLE_WAY) expect(end).toEqual({ arrived: true, oldest: 1 });
        else expect(newest - end.oldest).toBeGreaterThan(FAR);
      },
      WHOLE_WAY_MS + 60_000,
    );
  });
});

/** Up to the beginning, or until it is far enough. In parts: WebKit's driver does not wait for ever for one script. */
async function travelUp(window: EngineWindow, isEnough: () => Promise<boolean>): Promise<Journey> {
  const until = performance.now() + WHOLE_WAY_MS;
  let whole: Journey = { worstError: 0, steps: 0, mostRows: 0, arrived: false };
  while (!whole.arrived && performance.now() < until && !(await isEnough())) {
    const part = await window.evaluate(travel, { step: -900, atMostMs: WHOLE_WAY ? 20_000 : 5_000 });
    whole = {
      worstError: Math.max(whole.worstError, part.worstError),
      steps: whole.steps + part.steps,
      mostRows: Math.max(whole.mostRows, part.mostRows),
      arrived: part.arrived,
    };
  }
  return whole;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
