import type { Locator } from "playwright-core";

export interface Journey {
  /** How far the watched row was from where scrolling alone would have put it, in px: the worst of all frames. */
  readonly worstError: number;
  /** Frames with a step. */
  readonly steps: number;
  /** Most rows at once, while moving. */
  readonly mostRows: number;
  /** It stood for a while where nothing more comes; else it gave up. */
  readonly arrived: boolean;
}

/**
 * Scrolls the region in flings, by `step` px a frame (negative: upwards), with short pauses, until it stands at its end.
 * In each frame a row in the middle of the view is measured: it must have moved by exactly one step, in a pause not at all,
 * by less only where there is nothing to scroll to yet.
 */
export const scrollThrough = (region: Locator, step: number): Promise<Journey> =>
  region.evaluate<Journey, { step: number; atMostMs: number }, HTMLElement>(travel, { step, atMostMs: 60_000 });

/** What `scrollThrough` does in the page; its source stands alone. It gives up after `atMostMs`. */
export async function travel(
  scroller: HTMLElement,
  { step, atMostMs }: { step: number; atMostMs: number },
): Promise<Journey> {
  const [flingMs, pauseMs, arrivedAfterMs] = [500, 300, 900];
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const rows = () => [...scroller.querySelectorAll("li")];
  const view = scroller.getBoundingClientRect();
  const middle = view.top + view.height / 2;
  const rowInTheMiddle = () => rows().find((row) => row.getBoundingClientRect().bottom > middle) ?? rows().at(-1)!;
  const content = scroller.firstElementChild!;
  // The region counts from its end: 0 there, negative above. Its own height is rounded up, but only whole pixels can be gone.
  const room = () =>
    step < 0 ? Math.floor(view.top - content.getBoundingClientRect().top) : Math.floor(-scroller.scrollTop);
  // At the top of what is loaded a slow page may still be on its way: the list says where the history begins.
  const isWhole = () => step > 0 || scroller.querySelector(".parley-history-start") !== null;
  const began = await nextFrame();
  const journey = { worstError: 0, steps: 0, mostRows: 0, arrived: false };
  let now = began;
  let movedAt = began;
  while (!journey.arrived && now - began < atMostMs) {
    const isPause = (now - began) % (flingMs + pauseMs) > flingMs;
    const wanted = isPause ? 0 : Math.abs(step);
    const sure = Math.min(wanted, Math.max(0, room()));
    const row = rowInTheMiddle();
    const before = row.getBoundingClientRect().top;
    if (!isPause) scroller.scrollTop += step;
    now = await nextFrame();
    const moved = (row.getBoundingClientRect().top - before) * -Math.sign(step);
    const error = row.isConnected ? Math.max(sure - moved, moved - wanted) : Number.POSITIVE_INFINITY;
    journey.worstError = Math.max(journey.worstError, error);
    journey.mostRows = Math.max(journey.mostRows, rows().length);
    if (!isPause) journey.steps += 1;
    if (room() > 1) movedAt = now;
    journey.arrived = now - movedAt > arrivedAfterMs && isWhole();
  }
  return journey;
}

/** Measures the row in every frame for `ms`, and resolves with its largest distance from its first place, in px. */
export function watchPlace(row: Locator, ms: number): Promise<number> {
  return row.evaluate(async (element, ms) => {
    const first = element.getBoundingClientRect().top;
    const until = performance.now() + ms;
    let worst = 0;
    while (performance.now() < until) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const distance = Math.abs(element.getBoundingClientRect().top - first);
      worst = Math.max(worst, element.isConnected ? distance : Number.POSITIVE_INFINITY);
    }
    return worst;
  }, ms);
}

/** "Number 12:" of the first message below the middle of the region. */
export function numberInTheMiddle(region: Locator): Promise<string> {
  return region.evaluate((scroller) => {
    const view = scroller.getBoundingClientRect();
    const row = [...scroller.querySelectorAll("li")].find(
      (item) => item.getBoundingClientRect().top > view.top + view.height / 2,
    );
    return /Number \d+:/.exec(row?.textContent ?? "")?.[0] ?? "";
  });
}

export async function isInView(region: Locator, row: Locator): Promise<boolean> {
  const [outer, inner] = [await region.boundingBox(), await row.boundingBox()];
  if (outer === null || inner === null) return false;
  return inner.y >= outer.y - 1 && inner.y + inner.height <= outer.y + outer.height + 1;
}
