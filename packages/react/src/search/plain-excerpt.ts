import type { SearchHit } from "@parley/protocol";
import { plainText } from "../rich-text/plain-text.ts";

type Excerpt = SearchHit["excerpt"];

/** The excerpt without its Markdown, its hits where they were. Signs that a piece of the text leaves without their pair stay. */
export function plainExcerpt(excerpt: Excerpt): Excerpt {
  const plain = plainText(excerpt.map(({ text }) => text).join(""));
  const pieces: { text: string; hit: boolean }[] = [];
  let at = 0;
  for (const { text } of excerpt.filter(({ hit }) => hit)) {
    const found = wordAt(plain, text, at);
    // A hit that is not there as it was written (in an address, say): rather the signs than no mark.
    if (found < 0) return excerpt;
    if (found > at) pieces.push({ text: plain.slice(at, found), hit: false });
    pieces.push({ text, hit: true });
    at = found + text.length;
  }
  if (at < plain.length) pieces.push({ text: plain.slice(at), hit: false });
  return pieces;
}

/** Hits begin with a word: not the "one" of "stone". */
function wordAt(plain: string, word: string, from: number): number {
  let at = plain.indexOf(word, from);
  while (at > 0 && /[\p{L}\p{N}]$/u.test(plain.slice(0, at))) at = plain.indexOf(word, at + 1);
  return at;
}
