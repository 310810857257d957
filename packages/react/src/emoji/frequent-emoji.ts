/** One tap away on every message. */
export const frequentEmoji: readonly string[] = ["👍", "❤️", "😂", "🎉", "😮", "🙏"];
