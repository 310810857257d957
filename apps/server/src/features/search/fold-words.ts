/** A word of a text: as it is looked for, and where it stands (in UTF-16 code units, `end` is behind it). */
export interface FoldedWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** Longer ones are cut, the same in texts and in questions. */
const WORD_LENGTH = 64;

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const NOT_ASCII = /[^\0-\x7f]/;

/** Letters that Unicode does not take apart into a base and its accents. */
const APART: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  ı: "i",
  þ: "th",
};

/** Stop words of PostgreSQL's lists that are spelled otherwise when they are folded. */
const FOLDED_STOP_WORDS = new Set(["fur", "uber", "wahrend", "wurde", "wurden", "konnte", "dass"]);

/** The words of a text in their order: no capitals, no accents, ß as ss. */
export function findWords(text: string): FoldedWord[] {
  const words: FoldedWord[] = [];
  for (const match of text.matchAll(WORD)) {
    const word = fold(match[0]);
    if (word !== "") words.push({ word, start: match.index, end: match.index + match[0].length });
  }
  return words;
}

/** Each different word of a text that says something; see `findWords`. */
export function foldWords(text: string): string[] {
  const words = new Set(findWords(text).map(({ word }) => word));
  for (const word of words) if (FOLDED_STOP_WORDS.has(word)) words.delete(word);
  return [...words];
}

function fold(text: string): string {
  const lower = text.toLowerCase();
  const folded = NOT_ASCII.test(lower) ? withoutAccents(lower) : lower;
  if (folded.length <= WORD_LENGTH) return folded;
  // Not in the middle of a pair: PostgreSQL takes no half signs.
  return folded.slice(0, WORD_LENGTH).replace(/[\uD800-\uDBFF]$/, "");
}

const withoutAccents = (text: string): string =>
  text
    .replace(/[ßæœøđðłıþ]/g, (letter) => APART[letter] ?? letter)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
