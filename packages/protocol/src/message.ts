import { z } from "zod";
import { id, position, text, timestamp } from "./fields.ts";
import { isBlank } from "./is-blank.ts";
import { isEmoji } from "./is-emoji.ts";
import { limits } from "./limits.ts";

export const messageKind = z.enum(["text", "system"]).meta({ id: "MessageKind" });
export type MessageKind = z.infer<typeof messageKind>;

/** What a reply repeats of the message that it answers; it follows that message's edits and its deletion. */
export const quote = z
  .strictObject({
    messageId: id,
    seq: position,
    /** null: the host itself. */
    senderId: id.nullable(),
    /** The beginning of the text, at most `limits.quoteLength` code points; null when the message was deleted. */
    excerpt: z.string().nullable(),
  })
  .meta({ id: "Quote" });
export type Quote = z.infer<typeof quote>;

/** One emoji: a single grapheme, by the rules of `isEmoji`. */
export const emoji = text(64).refine(isEmoji, "Must be one emoji.");

export const reaction = z
  .strictObject({
    emoji: z.string(),
    /** Who reacted so, in the order of time. Never empty. */
    userIds: z.array(id),
  })
  .meta({ id: "Reaction" });
export type Reaction = z.infer<typeof reaction>;

export const message = z
  .strictObject({
    id,
    conversationId: id,
    /** 1, 2, 3 … without holes: the order, the same for everyone. */
    seq: position,
    /** The conversation's version at this message's last change. */
    version: position,
    clientMessageId: id,
    /** null: the host itself speaks (kind "system"). */
    senderId: id.nullable(),
    kind: messageKind,
    /** null in a tombstone. */
    content: z.string().nullable(),
    /** The message that this one answers. */
    replyTo: quote.nullable(),
    /** Who is mentioned: they took part when it was sent. Empty in a tombstone. */
    mentions: z.array(id),
    /** In the order of first use. Empty in a tombstone. */
    reactions: z.array(reaction),
    /** Since when it is pinned in its conversation. */
    pinnedAt: timestamp.nullable(),
    createdAt: timestamp,
    editedAt: timestamp.nullable(),
    deletedAt: timestamp.nullable(),
  })
  .meta({ id: "Message" });
export type Message = z.infer<typeof message>;

/** Text of which something is seen; the conversation type sets the real limit, in code points. */
export const messageContent = text(limits.textLength * 2).refine((content) => !isBlank(content), "Must not be empty.");

/**
 * One send. `clientMessageId` (best a UUIDv7) makes it repeatable: the same one again returns the first result.
 * `kind: "system"` and `senderId` are the host's alone.
 */
export const sendMessageInput = z
  .strictObject({
    clientMessageId: id,
    content: messageContent,
    kind: messageKind.optional(),
    senderId: id.optional(),
    /** Seq of the message of the same conversation that this one answers. */
    replyToSeq: position.min(1).optional(),
    /** Who is mentioned; people who do not take part are left out. */
    mentions: z.array(id).max(limits.mentions).optional(),
  })
  .meta({ id: "SendMessageInput" });
export type SendMessageInput = z.infer<typeof sendMessageInput>;
