import type { Locator, Page } from "playwright-core";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** One finger on the screen of a window: what it does goes the way of real touches, with all that the browser makes of them. */
export interface Finger {
  down(at: Point): Promise<void>;
  /** In several small steps, as fingers do. */
  move(from: Point, to: Point): Promise<void>;
  up(): Promise<void>;
  /** Down, so far to the side and downwards, and up again; in px. */
  swipe(target: Locator, by: Point): Promise<void>;
  /** Down for so long, without a move. */
  hold(target: Locator, ms: number): Promise<void>;
}

/** The context needs `hasTouch`. */
export async function fingerOn(page: Page): Promise<Finger> {
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: Point[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints });
  const finger: Finger = {
    down: (at) => touch("touchStart", [at]).then(() => undefined),
    move: async (from, to) => {
      const steps = 12;
      for (let step = 1; step <= steps; step += 1) {
        const part = step / steps;
        await touch("touchMove", [{ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }]);
        await page.waitForTimeout(12);
      }
    },
    up: () => touch("touchEnd", []).then(() => undefined),
    swipe: async (target, by) => {
      const from = await middleOf(target);
      await finger.down(from);
      await finger.move(from, { x: from.x + by.x, y: from.y + by.y });
      await finger.up();
    },
    hold: async (target, ms) => {
      await finger.down(await middleOf(target));
      await page.waitForTimeout(ms);
      await finger.up();
    },
  };
  return finger;
}

/** Once it stands still: a finger finds what it aims at. */
async function middleOf(target: Locator): Promise<Point> {
  let before = await target.boundingBox();
  for (;;) {
    await target.page().waitForTimeout(120);
    const box = await target.boundingBox();
    if (box === null) throw new Error("What is to be touched is not shown.");
    if (box.x === before?.x && box.y === before.y) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    before = box;
  }
}
