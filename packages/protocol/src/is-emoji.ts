/** Signs such as © are emoji only when a selector says so. */
const sign = String.raw`(?:\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|\p{Emoji_Presentation}\uFE0F?|\p{Extended_Pictographic}\uFE0F|[\d#*]\uFE0F?\u20E3|\p{Regional_Indicator}{2})`;
/** Alone or joined to others (a family, a flag), with the tags of a flag; nothing else hangs on it. */
const emoji = new RegExp(
  String.raw`^${sign}(?:\u200D(?:${sign}|\p{Extended_Pictographic}))*[\u{E0020}-\u{E007F}]*$`,
  "u",
);
/** Made for the first text that looks like one: it takes a slow phone 30 ms. */
let segmenter: Intl.Segmenter | undefined;

/** Whether the text is exactly one emoji, as a reader sees it. */
export function isEmoji(text: string): boolean {
  if (text === "" || text.length > 64 || !emoji.test(text)) return false;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const [, second] = segmenter.segment(text);
  return second === undefined;
}
