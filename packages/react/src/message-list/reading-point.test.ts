import { describe, expect, it } from "vitest";
import { distanceToPoint, takeReadingPoint } from "./reading-point.ts";

interface Edges {
  top: number;
  height: number;
}

/** Something with a place; `isConnected` false: it was taken away. */
function box(edges: Edges) {
  const made = {
    ...edges,
    isConnected: true,
    // The chat stands in something that begins at 0.
    closest: () => ({ parentElement: { getBoundingClientRect: () => ({ top: 0 }) } }),
    getBoundingClientRect: () => ({ top: made.top, bottom: made.top + made.height, height: made.height }),
  };
  return made as unknown as typeof made & Element;
}

/** A view of 600 px at 100 px with three rows of 250 px, the first of them half above it. */
const setUp = () => ({
  view: box({ top: 100, height: 600 }),
  rows: [-25, 225, 475].map((top) => box({ top, height: 250 })),
});

describe("takeReadingPoint", () => {
  it("is in the row across the middle", () => {
    const { view, rows } = setUp();
    expect(takeReadingPoint(view, rows, null)).toEqual({ row: rows[1], share: 0.7, below: 400 });
  });

  it("is in the row that was touched, as long as one sees it", () => {
    const { view, rows } = setUp();
    expect(takeReadingPoint(view, rows, rows[2] ?? null)).toEqual({ row: rows[2], share: 0, below: 475 });
    const gone = box({ top: -400, height: 250 });
    expect(takeReadingPoint(view, rows, gone)).toMatchObject({ row: rows[1] });
  });

  it("is nowhere without rows, and in the last one where all stand above the middle", () => {
    const { view } = setUp();
    expect(takeReadingPoint(view, [], null)).toBeNull();
    const two = [-100, 150].map((top) => box({ top, height: 250 }));
    Object.assign(view, { height: 1_000 });
    expect(takeReadingPoint(view, two, null)).toEqual({ row: two[1], share: 1, below: 400 });
  });

  it("is at the upper edge of the first row where the history begins in view, unless another one was touched", () => {
    const { view } = setUp();
    const rows = [130, 380, 630].map((top) => box({ top, height: 250 }));
    expect(takeReadingPoint(view, rows, null)).toEqual({ row: rows[0], share: 0, below: 130 });
    expect(takeReadingPoint(view, rows, rows[1] ?? null)).toEqual({ row: rows[1], share: 0.08, below: 400 });
  });
});

describe("distanceToPoint", () => {
  it("holds the same part of a row that has become higher", () => {
    const { view, rows } = setUp();
    const point = takeReadingPoint(view, rows, null);
    const row = rows[1];
    if (point === null || row === undefined) throw new Error("There is a point.");
    expect(distanceToPoint(view, point)).toBe(0);
    row.height = 500;
    // 70 % of it stands at 575 px, and is wanted at 400.
    expect(distanceToPoint(view, point)).toBe(175);
  });

  it("shows the whole row above the lower edge of a view that has become lower, and goes back with it", () => {
    const { view, rows } = setUp();
    const point = takeReadingPoint(view, rows, null);
    if (point === null) throw new Error("There is a point.");
    view.height = 300;
    expect(distanceToPoint(view, point)).toBe(75);
    for (const row of rows) row.top -= 75;
    view.height = 600;
    expect(distanceToPoint(view, point)).toBe(-75);
  });

  it("shows as much of a row as fits, and the point in any case", () => {
    const { view } = setUp();
    const row = box({ top: 150, height: 500 });
    const point = takeReadingPoint(view, [row], row);
    if (point === null) throw new Error("There is a point.");
    view.height = 200;
    expect(distanceToPoint(view, point)).toBe(124);
  });

  it("stays where it is on the screen when something comes in above the view, and when that goes", () => {
    const { view, rows } = setUp();
    const point = takeReadingPoint(view, rows, null);
    if (point === null) throw new Error("There is a point.");
    Object.assign(view, { top: 134, height: 566 });
    expect(distanceToPoint(view, point)).toBe(0);
    Object.assign(view, { top: 100, height: 600 });
    expect(distanceToPoint(view, point)).toBe(0);
  });

  it("goes nowhere for a row that is gone", () => {
    const { view, rows } = setUp();
    const point = takeReadingPoint(view, rows, null);
    if (point === null) throw new Error("There is a point.");
    Object.assign(point.row, { isConnected: false, top: 900 });
    expect(distanceToPoint(view, point)).toBe(0);
  });
});
