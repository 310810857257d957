import type { UserProfile } from "@parley/protocol";
import { findMentions } from "../rich-text/find-mentions.ts";

/** Ids of those whose "@Name" stands in the text: the text is the truth, however it came there. */
export function mentionedIn(text: string, people: readonly UserProfile[], limit: number): string[] {
  const ids = findMentions(text, people).flatMap((part) => (part.kind === "mention" ? [part.userId] : []));
  return [...new Set(ids)].slice(0, limit);
}
