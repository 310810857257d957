import { limits, type Message, type Quote } from "@parley/protocol";

/** What a reply to this message repeats of it; the server makes the same. */
export function quoteOf({ id, seq, senderId, content }: Message): Quote {
  return { messageId: id, seq, senderId, excerpt: content === null ? null : excerptOf(content) };
}

/** Cut by code points; a cut in UTF-16 would halve an emoji. */
function excerptOf(content: string): string {
  if (content.length <= limits.quoteLength) return content;
  return [...content.slice(0, limits.quoteLength * 2)].slice(0, limits.quoteLength).join("");
}
