const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** Signs such as © are emoji only when a selector says so. */
const emoji =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|[\d#*]\uFE0F?\u20E3|\p{Regional_Indicator}{2})/u;

/** One to three emoji and nothing else: shown larger. */
export function isEmojiOnly(content: string): boolean {
  // The longest single emoji (a family) has fewer than 30 code units; long texts are told apart without a look inside.
  if (content.length > 120) return false;
  const signs = content.replaceAll(/\s/g, "");
  if (signs === "" || signs.length > 90) return false;
  const graphemes = [...segmenter.segment(signs)].map(({ segment }) => segment);
  return graphemes.length <= 3 && graphemes.every((grapheme) => emoji.test(grapheme));
}
