import type { Emoji, EmojiGroup } from "./load-emoji.ts";

/** Emoji of which every word of the query begins a word; those named so first. */
export function searchEmoji(groups: readonly EmojiGroup[], query: string, limit: number): Emoji[] {
  const wanted = query
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter(Boolean);
  const [first] = wanted;
  if (first === undefined) return [];
  const found = groups.flatMap(({ emoji }) => emoji.filter(({ words }) => wanted.every((word) => begins(words, word))));
  const named = ({ words }: Emoji) => words.startsWith(first);
  return [...found.filter(named), ...found.filter((emoji) => !named(emoji))].slice(0, limit);
}

const begins = (words: string, word: string) => words.startsWith(word) || words.includes(` ${word}`);
