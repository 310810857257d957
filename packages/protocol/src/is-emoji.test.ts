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

  it.each([
    ["signs that are emoji anyway", "\u231A\u200D"],
    ["signs with a selector", "\u231A\uFE0F\u200D"],
    ["halves of flags", "🇨🇭\u200D"],
  ])("is told in no time, however many are joined: %s", (_, joined) => {
    // Sixty characters took four minutes once, with the time doubling at each sign.
    const text = joined.repeat(Math.floor(60 / joined.length));
    expect(isEmoji(text)).toBe(false);
    expect(isEmoji(`${text}a`)).toBe(false);
  });
});
