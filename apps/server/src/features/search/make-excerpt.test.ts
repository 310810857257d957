import { describe, expect, it } from "vitest";
import { findWords, foldWords } from "./fold-words.ts";
import { makeExcerpt } from "./make-excerpt.ts";

const excerpt = (content: string, ...words: string[]) => makeExcerpt(content, (word) => words.includes(word));
const textOf = (pieces: ReturnType<typeof excerpt>) =>
  pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join("");

describe("folded words", () => {
  it.each([
    ["Grüße, Straße & ÜBERMUT", "grusse strasse ubermut"],
    ["u\u0308bermut \u00fcbermut", "ubermut"],
    ["Øystein Łukasz Yılmaz İzmir Þór Æsir", "oystein lukasz yilmaz izmir thor aesir"],
    ["ﬁx ½ ① x²", "fix 12 1 x2"],
    ["für über während", ""],
    ["don't re-use A-1042_b https://a.example/?q=1", "don t re use a 1042 b https example q 1"],
    ["👩‍💻🎉", ""],
    ["Привет Ёлка", "привет елка"],
  ])("%s: %s", (text, words) => {
    expect(foldWords(text).join(" ")).toBe(words);
  });

  it("say where they stand in the text, also behind signs of several parts", () => {
    const text = "👩‍💻 Stra\u00dfe u\u0308ber";
    expect(findWords(text).map(({ start, end }) => text.slice(start, end))).toEqual(["Straße", "u\u0308ber"]);
  });

  it("are cut in one place, and never in the middle of a sign", () => {
    expect(foldWords("x".repeat(20_000))).toEqual(["x".repeat(64)]);
    const [word = ""] = foldWords(`x${"\u{1D4B3}\u{20000}".repeat(64)}`);
    expect(word.isWellFormed()).toBe(true);
    expect(word.length).toBeLessThanOrEqual(64);
  });
});

describe("an excerpt", () => {
  it("is the whole of a short text, with single spaces", () => {
    expect(textOf(excerpt("  The \n\n lamp\tis on. ", "lamp"))).toBe("The [lamp] is on.");
  });

  it("marks an umlaut, ß and an emoji beside them as they are written", () => {
    expect(textOf(excerpt("🎉Grüße🎉 aus der Straße!", "grusse", "strasse"))).toBe("🎉[Grüße]🎉 aus der [Straße]!");
  });

  it("begins shortly before the first hit, and ends between two words", () => {
    const text = textOf(excerpt(`${"before ".repeat(100)}the lamp ${"behind ".repeat(100)}`, "lamp"));
    expect(text).toMatch(/^… before .* the \[lamp\] behind .* behind …$/);
    expect(text.length).toBeLessThan(200);
  });

  it("cuts no sign in two where there are no spaces", () => {
    for (let shift = 0; shift < 12; shift += 1) {
      const text = textOf(excerpt(`lamp ${"x".repeat(shift)}${"👩‍👩‍👧‍👦".repeat(60)}`, "lamp"));
      expect(text.isWellFormed()).toBe(true);
      expect(text).toMatch(/^\[lamp\] x*(👩‍👩‍👧‍👦)+ …$/u);
    }
  });

  it("shows the beginning of a word that is longer than itself", () => {
    const [piece] = makeExcerpt("x".repeat(20_000), () => true);
    expect(piece).toEqual({ text: "x".repeat(180), hit: true });
  });

  it("shows the beginning of a text without a hit, and nothing of nothing", () => {
    expect(textOf(excerpt("one two three", "four"))).toBe("one two three");
    expect(excerpt("", "four")).toEqual([]);
  });

  it("is quick with long texts", () => {
    const began = performance.now();
    for (let n = 0; n < 20; n += 1) excerpt("lamp öde ".repeat(2_000), "lamp");
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
