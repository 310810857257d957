import { isEmoji } from "@parley/protocol";

/** What emoji are made of: nearly every text is told apart by its first letter. */
const pieces = /^[\p{Emoji}\p{Emoji_Component}\p{Extended_Pictographic}]+$/u;
/** Made for the first text of emoji: it takes a slow phone 30 ms. */
let segmenter: Intl.Segmenter | undefined;

/** One to three emoji and nothing else: shown larger. */
export function isEmojiOnly(content: string): boolean {
  // The longest single emoji (a family) has fewer than 30 code units; long texts are told apart without a look inside.
  if (content.length > 120) return false;
  const signs = content.replaceAll(/\s/g, "");
  if (signs.length > 90 || !pieces.test(signs)) return false;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const graphemes = [...segmenter.segment(signs)].map(({ segment }) => segment);
  return graphemes.length <= 3 && graphemes.every(isEmoji);
}
