import { describe, expect, it } from "vitest";
import { distanceTo, type MessageTarget } from "./place.ts";

const box = (top: number, height: number) => ({ top, bottom: top + height, height }) as DOMRect;
const to = (at: MessageTarget["at"]): MessageTarget => ({ seq: 1, at, flash: false });

describe("where a row is taken to", () => {
  const view = box(100, 600);

  it("has as much of the view above as below in the middle, and a third of that above in the upper part", () => {
    expect(distanceTo(to("middle"), box(2_000, 40), view)).toBe(2_000 - 100 - 280);
    expect(distanceTo(to("upper"), box(2_000, 40), view)).toBe(2_000 - 100 - 140);
  });

  it("is where it was", () => {
    expect(distanceTo(to(-12), box(90, 40), view)).toBe(2);
  });

  it("never lies under the day, nor the line above it, in a low view or when it is higher than the view", () => {
    const low = box(100, 150);
    expect(distanceTo(to("upper"), box(500, 80), low)).toBe(500 - 100 - 72);
    expect(distanceTo(to("middle"), box(500, 80), low)).toBe(500 - 100 - 48);
    expect(distanceTo(to("middle"), box(500, 2_000), view)).toBe(500 - 100 - 48);
  });
});
