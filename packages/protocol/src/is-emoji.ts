const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** Signs such as © are emoji only when a selector says so. */
const emoji =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|[\d#*]\uFE0F?\u20E3|\p{Regional_Indicator}{2})/u;

/** Whether the text is exactly one emoji, as a reader sees it. */
export function isEmoji(text: string): boolean {
  if (text === "" || text.length > 64) return false;
  const [first, second] = segmenter.segment(text);
  return first !== undefined && second === undefined && emoji.test(first.segment);
}
