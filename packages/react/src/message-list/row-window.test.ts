import { describe, expect, it } from "vitest";
import {
  follow,
  followNewest,
  holdStill,
  MAX_ROWS,
  MAX_ROWS_SCROLLING,
  PAGE_ROWS,
  type RowWindow,
  resolveRange,
  showAround,
  showNewer,
  showOlder,
  trimNewer,
} from "./row-window.ts";

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ key: `k${from + index}` }));
const sizeOf = (window: RowWindow, all: { key: string }[]) => {
  const { start, end } = resolveRange(window, all);
  return end - start;
};

describe("resolveRange", () => {
  it("opens with the newest page", () => {
    expect(resolveRange(followNewest, rows(0, 120))).toEqual({ start: 70, end: 120 });
    expect(resolveRange(followNewest, rows(0, 3))).toEqual({ start: 0, end: 3 });
    expect(resolveRange(followNewest, [])).toEqual({ start: 0, end: 0 });
  });

  it("follows new messages and lets the old side go, never above the limit", () => {
    const all = rows(0, 60);
    const window = showOlder(followNewest, all);
    expect(resolveRange(window, all)).toEqual({ start: 0, end: 60 });
    expect(resolveRange(window, rows(0, 1_000)).end).toBe(1_000);
    expect(sizeOf(window, rows(0, 1_000))).toBeLessThanOrEqual(MAX_ROWS);
  });

  it("stays where the reader is when an older page arrives", () => {
    const held = holdStill(followNewest, rows(50, 100));
    expect(resolveRange(held, rows(0, 100))).toEqual({ start: 50, end: 100 });
  });

  it("begins with the newest page again when its rows are gone", () => {
    const held = holdStill(followNewest, rows(0, 100));
    expect(resolveRange(held, rows(500, 600))).toEqual({ start: 50, end: 100 });
  });
});

describe("holdStill and follow", () => {
  it("does not mount what comes in while reading history, and does again at the end", () => {
    const held = holdStill(followNewest, rows(0, 100));
    expect(resolveRange(held, rows(0, 140)).end).toBe(100);
    expect(resolveRange(follow(held, rows(0, 100)), rows(0, 140)).end).toBe(140);
  });
});

describe("showAround", () => {
  it("mounts a page with the row in it, wherever it stands", () => {
    const all = rows(0, 1_000);
    for (const index of [0, 10, 500, 990, 999]) {
      const { start, end } = resolveRange(showAround(index, all), all);
      expect(start <= index && index < end, String(index)).toBe(true);
      expect(end - start).toBeLessThanOrEqual(PAGE_ROWS);
    }
  });

  it("holds still in the past, and follows when it ends with the newest", () => {
    const all = rows(0, 100);
    expect(resolveRange(showAround(40, all), rows(0, 120)).end).toBe(65);
    expect(resolveRange(showAround(95, all), rows(0, 120)).end).toBe(120);
  });
});

describe("showOlder, showNewer and trimNewer", () => {
  it("walks to the beginning and back in pages, with at most one page more than the limit in between", () => {
    const all = rows(0, 1_000);
    let window = holdStill(followNewest, all);
    while (resolveRange(window, all).start > 0) {
      window = trimNewer(showOlder(window, all), all);
      expect(sizeOf(window, all)).toBeLessThanOrEqual(MAX_ROWS);
    }
    while (resolveRange(window, all).end < all.length) {
      const before = resolveRange(window, all).end;
      window = showNewer(window, all);
      expect(resolveRange(window, all).end - before).toBe(PAGE_ROWS);
      expect(sizeOf(window, all)).toBeLessThanOrEqual(MAX_ROWS);
    }
  });

  it("stays bounded when scrolling never stops", () => {
    const all = rows(0, 2_000);
    let window = holdStill(followNewest, all);
    for (let step = 0; step < 30; step += 1) {
      window = showOlder(window, all);
      expect(sizeOf(window, all)).toBeLessThanOrEqual(MAX_ROWS_SCROLLING);
    }
  });

  it("returns the same window when there is nothing more, so that nothing renders", () => {
    const all = rows(0, 30);
    const held = holdStill(followNewest, all);
    expect(showOlder(held, all)).toBe(held);
    expect(showNewer(held, all)).toBe(held);
    expect(trimNewer(held, all)).toBe(held);
  });

  it("does not ask for ever for rows that following would drop again", () => {
    const all = rows(0, 1_000);
    let window = followNewest;
    for (let step = 0; step < 20; step += 1) window = showOlder(window, all);
    expect(showOlder(window, all)).toBe(window);
    expect(sizeOf(window, all)).toBe(MAX_ROWS);
  });
});
