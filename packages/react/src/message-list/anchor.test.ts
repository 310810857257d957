import { describe, expect, it } from "vitest";
import { drift, firstRowBelow, lastRowAbove, takeAnchor } from "./anchor.ts";

/** A row at a place that can be moved. */
function rowAt(top: number, height: number) {
  const row = {
    top,
    isConnected: true,
    getBoundingClientRect: () => ({ top: row.top, bottom: row.top + height }),
  };
  return row;
}
const column = (...tops: number[]) => tops.map((top) => rowAt(top, 40));
/** A view at that place, in a chat whose surroundings begin at 0. */
const scrollerAt = (top: number) => {
  const parentElement = { getBoundingClientRect: () => ({ top: 0 }) };
  return { closest: () => ({ parentElement }), getBoundingClientRect: () => ({ top }) } as unknown as Element;
};
const asElements = (rows: unknown) => rows as Element[];

describe("firstRowBelow and lastRowAbove", () => {
  const rows = column(-100, -60, -20, 20, 60, 100);

  it("finds the row that crosses the edge", () => {
    expect(firstRowBelow(rows, 0)).toBe(2);
    expect(lastRowAbove(rows, 70)).toBe(4);
  });

  it("finds the ends", () => {
    expect(firstRowBelow(rows, -500)).toBe(0);
    expect(firstRowBelow(rows, 500)).toBe(rows.length);
    expect(lastRowAbove(rows, 500)).toBe(rows.length - 1);
    expect(lastRowAbove(rows, -500)).toBe(-1);
  });

  it("agrees with looking at each row, in few reads", () => {
    let reads = 0;
    const many = Array.from({ length: 200 }, (_, index) => ({
      getBoundingClientRect: () => {
        reads += 1;
        return { top: index * 30, bottom: index * 30 + 30 };
      },
    }));
    expect(firstRowBelow(many, 3_005)).toBe(100);
    expect(reads).toBeLessThanOrEqual(8);
  });
});

describe("takeAnchor and drift", () => {
  it("tells how far the first visible row was pushed", () => {
    const rows = column(80, 120, 160);
    const anchor = takeAnchor(scrollerAt(100), asElements(rows));
    expect(anchor).toEqual({ row: rows[0], offset: -20, viewAt: 100 });
    for (const row of rows) row.top += 35;
    expect(anchor && drift(scrollerAt(100), anchor)).toBe(35);
  });

  it("counts what stays on the screen as not moved when something comes in above the view", () => {
    const rows = column(80, 120, 160);
    const anchor = takeAnchor(scrollerAt(100), asElements(rows));
    expect(anchor && drift(scrollerAt(135), anchor)).toBe(0);
  });

  it("moves nothing when the row is gone or there was none", () => {
    const rows = column(0);
    const anchor = takeAnchor(scrollerAt(0), asElements(rows));
    const [row] = rows;
    if (row === undefined || anchor === null) throw new Error("There is a row.");
    row.isConnected = false;
    row.top = 500;
    expect(drift(scrollerAt(0), anchor)).toBe(0);
    expect(takeAnchor(scrollerAt(0), [])).toBeNull();
  });
});
