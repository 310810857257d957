import { expect, it } from "vitest";
import { plainExcerpt } from "./plain-excerpt.ts";

const piece = (text: string, hit = false) => ({ text, hit });

it("takes the signs away and keeps the hits", () => {
  const excerpt = [piece("I have **"), piece("three", true), piece("** drafts and `"), piece("code", true), piece("`")];
  expect(plainExcerpt(excerpt)).toEqual([
    piece("I have "),
    piece("three", true),
    piece(" drafts and "),
    piece("code", true),
  ]);
});

it("marks the word, not its letters in another one", () => {
  const excerpt = [piece("a **stone** and "), piece("one", true)];
  expect(plainExcerpt(excerpt)).toEqual([piece("a stone and "), piece("one", true)]);
});

it("leaves plain words as they are", () => {
  const excerpt = [piece("… two "), piece("hits", true), piece(" here")];
  expect(plainExcerpt(excerpt)).toEqual(excerpt);
});
