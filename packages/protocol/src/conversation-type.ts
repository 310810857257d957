import { z } from "zod";
import { limits } from "./limits.ts";

/** The policy of a conversation type: configuration, not code. */
export const conversationTypePolicy = z.strictObject({
  /** Who may open one: only the host, or users too. */
  openBy: z.enum(["host", "users"]),
  /** At most one conversation for a subject, however many callers race to open it. */
  uniquePerSubject: z.boolean(),
  /** Exactly two people, and at most one conversation for a pair, whoever opens it. */
  uniquePerPair: z.boolean(),
  maxParticipants: z.int().min(2).max(100_000),
  /** In code points. */
  maxTextLength: z.int().min(1).max(limits.textLength),
  /** Messages a user may send into conversations of this type; null: no limit. */
  messageRate: z.strictObject({ count: z.int().min(1), seconds: z.int().min(1).max(86_400) }).nullable(),
  /** How long the sender may edit, from sending on; null: for ever; 0: never. */
  editWindowSeconds: z.int().min(0).nullable(),
  writers: z.enum(["participants", "admins"]),
  /** Searches a user may make in conversations of this type, and in all of theirs by the strictest; null: no limit. */
  searchRate: z.strictObject({ count: z.int().min(1), seconds: z.int().min(1).max(86_400) }).nullable(),
});

/** What a page must know of a type before it asks. */
export const publicTypePolicy = conversationTypePolicy
  .pick({ openBy: true, maxTextLength: true, editWindowSeconds: true, writers: true })
  .meta({ id: "PublicTypePolicy" });
export type PublicTypePolicy = z.infer<typeof publicTypePolicy>;
export type ConversationTypePolicy = z.infer<typeof conversationTypePolicy>;
