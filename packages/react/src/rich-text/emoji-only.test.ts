import { describe, expect, it } from "vitest";
import { isEmojiOnly } from "./emoji-only.ts";

describe("isEmojiOnly", () => {
  it("knows one to three emoji, whatever they are made of", () => {
    for (const content of ["🎉", "👍🏽", "👩‍👩‍👧‍👦", "🇨🇭🇩🇪", "❤️", "1️⃣", " 🎉 🎉 "]) {
      expect(isEmojiOnly(content), content).toBe(true);
    }
  });

  it("is false for text, digits and many emoji", () => {
    for (const content of ["", "a🎉", "12", "#", "©", "🎉🎉🎉🎉"]) expect(isEmojiOnly(content), content).toBe(false);
  });
});
