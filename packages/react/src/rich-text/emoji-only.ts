import { isEmoji } from "@parley/protocol";

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** One to three emoji and nothing else: shown larger. */
export function isEmojiOnly(content: string): boolean {
  // The longest single emoji (a family) has fewer than 30 code units; long texts are told apart without a look inside.
  if (content.length > 120) return false;
  const signs = content.replaceAll(/\s/g, "");
  if (signs === "" || signs.length > 90) return false;
  const graphemes = [...segmenter.segment(signs)].map(({ segment }) => segment);
  return graphemes.length <= 3 && graphemes.every(isEmoji);
}
