import { describe, expect, it } from "vitest";
import { isEmoji } from "./is-emoji.ts";

describe("an emoji", () => {
  it.each(["👍", "👍🏽", "❤️", "☝🏻", "👨‍👩‍👧", "👩🏽‍💻", "🏳️‍🌈", "🇨🇭", "1️⃣", "©️"])("is %s", (text) => {
    expect(isEmoji(text)).toBe(true);
  });

  it.each([
    ["nothing", ""],
    ["a letter", "a"],
    ["a sign without its selector", "©"],
    ["two of them", "👍👍"],
    ["one with marks hung on it", `👍${"\u0301".repeat(20)}`],
    ["one with a joiner and nothing behind", "👍\u200D"],
    ["a text", "👍 yes"],
  ])("is not %s", (_, text) => {
    expect(isEmoji(text)).toBe(false);
  });
});
