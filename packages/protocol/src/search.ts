import { z } from "zod";
import { id, text, timestamp } from "./fields.ts";
import { limits } from "./limits.ts";
import { message } from "./message.ts";

/** A piece of a text that was found; `hit`: it is one of the words that were looked for. */
export const searchPiece = z.strictObject({ text: z.string(), hit: z.boolean() }).meta({ id: "SearchPiece" });
export type SearchPiece = z.infer<typeof searchPiece>;

export const searchHit = z
  .strictObject({
    message,
    /** The text around the first hits, cut to a line or two. */
    excerpt: z.array(searchPiece),
  })
  .meta({ id: "SearchHit" });
export type SearchHit = z.infer<typeof searchHit>;

export const searchQuery = z.strictObject({
  /** Words; each of two letters or more may be the beginning of one. All of them must be there. */
  q: text(limits.searchLength).trim().min(limits.searchLengthMin),
  conversationId: id.optional(),
  senderId: id.optional(),
  /** From this time on, and before that time. */
  from: timestamp.optional(),
  to: timestamp.optional(),
  limit: z.coerce.number().int().min(1).max(limits.searchPageSizeMax).default(limits.searchPageSize),
  cursor: z.string().max(256).optional(),
});

/**
 * Newest first. A page may be short, even empty, and yet not the last one: each looks through a bounded number of messages.
 * Only `nextCursor: null` says that there is nothing more.
 */
export const searchResult = z.strictObject({ hits: z.array(searchHit), nextCursor: z.string().nullable() });
export type SearchResult = z.infer<typeof searchResult>;
