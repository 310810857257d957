import { describe, expect, it } from "vitest";
import { moveBy } from "./move-by.ts";

/** A view with `room` px above it that takes whole pixels only, as browsers do, and counts its writes. */
function viewWith(room: number, toWhole: (px: number) => number) {
  const content = { style: { marginBlockEnd: "" } };
  const view = {
    top: 0,
    writes: 0,
    firstElementChild: content,
    get scrollTop() {
      return view.top;
    },
    set scrollTop(px: number) {
      view.writes += 1;
      view.top = Math.max(-room, Math.min(0, toWhole(px)));
    },
    /** How far down a row of the content has moved on the screen: up by scrolling down, and by a margin below it. */
    rowMoved: () => -view.top - (Number.parseFloat(content.style.marginBlockEnd) || 0),
    by: (distance: number) => moveBy(view as unknown as HTMLElement, distance),
  };
  return view;
}

describe("moveBy", () => {
  // Firefox and Chromium round, WebKit cuts off.
  it.each([Math.round, Math.trunc])("moves by fractions of a pixel, which do not add up", (toWhole) => {
    const view = viewWith(10_000, toWhole);
    let gone = 0;
    for (const distance of [-3_499.25, -0.75, -40.6, -0.3, 12.8, -0.45, -700.15, 61.7]) {
      view.by(distance);
      gone += distance;
      expect(view.rowMoved()).toBeCloseTo(-gone, 6);
      expect(Math.abs(Number.parseFloat(view.firstElementChild.style.marginBlockEnd))).toBeLessThan(1);
    }
  });

  it("writes no scroll position where there is not half a pixel to go", () => {
    const view = viewWith(1_000, Math.round);
    view.by(-0.3);
    expect(view).toMatchObject({ writes: 0, top: 0 });
    view.by(0.001);
    expect(view.rowMoved()).toBeCloseTo(0.3);
    view.by(-0.3);
    expect(view).toMatchObject({ writes: 1, top: -1 });
    expect(view.rowMoved()).toBeCloseTo(0.6);
  });

  it("makes up for nothing where there is no more to scroll to", () => {
    const view = viewWith(100, Math.round);
    view.by(-140.25);
    expect(view.rowMoved()).toBe(100);
  });
});
