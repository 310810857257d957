/**
 * One sign. No text is one in two ways, and no beginning of one is another: of signs that are joined the time would else double with
 * each that is added, and anybody can send them.
 */
const sign = String.raw`(?:\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|(?!\p{Emoji_Modifier_Base}\p{Emoji_Modifier})\p{Extended_Pictographic}\uFE0F?|\p{Emoji_Modifier}\uFE0F?|\p{Regional_Indicator}{1,2}|[\d#*]\uFE0F?\u20E3)`;
/** Signs such as © are emoji only when a selector or a colour of skin says so; behind another one they need not. */
const bare = String.raw`(?!\p{Emoji_Presentation})\p{Extended_Pictographic}(?![\uFE0F\p{Emoji_Modifier}])`;
/** Alone or joined to others (a family, a flag), with the tags of a flag; nothing else hangs on it. */
const emoji = new RegExp(String.raw`^(?!${bare})${sign}(?:\u200D${sign})*[\u{E0020}-\u{E007F}]*$`, "u");
/** Made for the first text that looks like one: it takes a slow phone 30 ms. */
let segmenter: Intl.Segmenter | undefined;

/** Whether the text is exactly one emoji, as a reader sees it. */
export function isEmoji(text: string): boolean {
  if (text === "" || text.length > 64 || !emoji.test(text)) return false;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const [, second] = segmenter.segment(text);
  return second === undefined;
}
