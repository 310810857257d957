/**
 * One picture. No text is one in two ways, and no beginning of one is another: of many that are joined the time would else double with
 * each that is added, and anybody can send them.
 */
const picture = String.raw`(?:\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|(?!\p{Emoji_Modifier_Base}\p{Emoji_Modifier})\p{Extended_Pictographic}\uFE0F?)`;
/** Signs such as © are emoji only when a selector or a colour of skin says so; behind another one they need not. */
const bare = String.raw`(?!\p{Emoji_Presentation})\p{Extended_Pictographic}(?![\uFE0F\p{Emoji_Modifier}])`;

/**
 * A pattern of one emoji, for regular expressions with the flag `u`: pictures, alone or joined to others (a family), with the tags of a flag;
 * a colour of skin; a flag of two letters; a key. Each is one grapheme, as a reader sees it.
 */
export const oneEmoji = String.raw`(?:(?!${bare})${picture}(?:\u200D${picture})*[\u{E0020}-\u{E007F}]*|\p{Emoji_Modifier}\uFE0F?|\p{Regional_Indicator}{1,2}|[\d#*]\uFE0F?\u20E3)`;

const emoji = new RegExp(`^${oneEmoji}$`, "u");

/** Whether the text is exactly one emoji, as a reader sees it. */
export const isEmoji = (text: string): boolean => text.length <= 64 && emoji.test(text);
