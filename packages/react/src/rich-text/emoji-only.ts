import { oneEmoji } from "@parley/protocol";

const emojiOnly = new RegExp(String.raw`^\s*(?:${oneEmoji}\s*){1,3}$`, "u");

/** One to three emoji and nothing else: shown larger. Three of the longest (families) have fewer than 120 code units. */
export const isEmojiOnly = (content: string): boolean => content.length <= 120 && emojiOnly.test(content);
