import { describe, expect, it } from "vitest";
import { isBlank } from "./is-blank.ts";

describe("a text that nobody sees", () => {
  it.each([
    "",
    " \n\t",
    "\u200B",
    "\u2060\u200D",
    "\u00AD",
    "\uFE0F",
    "\u3164",
    "\u115F",
    "\u2800",
    "\u202E",
    "\u{E0041}",
    "\uFFFC",
    "\uFFF9\uFFFA\uFFFB",
  ])("is %j", (text) => {
    expect(isBlank(text)).toBe(true);
  });

  it.each([".", "\u200Ba", "❤\uFE0F", "👨\u200D👩", "שלום\u200F", "\u0301"])("is not %j", (text) => {
    expect(isBlank(text)).toBe(false);
  });
});
