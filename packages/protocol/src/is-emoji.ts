const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** Signs such as © are emoji only when a selector says so. */
const sign = String.raw`(?:\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|\p{Emoji_Presentation}\uFE0F?|\p{Extended_Pictographic}\uFE0F|[\d#*]\uFE0F?\u20E3|\p{Regional_Indicator}{2})`;
/** Alone or joined to others (a family, a flag), with the tags of a flag; nothing else hangs on it. */
const emoji = new RegExp(
  String.raw`^${sign}(?:\u200D(?:${sign}|\p{Extended_Pictographic}))*[\u{E0020}-\u{E007F}]*$`,
  "u",
);

/** Whether the text is exactly one emoji, as a reader sees it. */
export function isEmoji(text: string): boolean {
  if (text === "" || text.length > 64) return false;
  const [first, second] = segmenter.segment(text);
  return first !== undefined && second === undefined && emoji.test(first.segment);
}
