import { z } from "zod";
import { id, position, text, timestamp } from "./fields.ts";
import { limits } from "./limits.ts";

export const messageKind = z.enum(["text", "system"]).meta({ id: "MessageKind" });
export type MessageKind = z.infer<typeof messageKind>;

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
    createdAt: timestamp,
    editedAt: timestamp.nullable(),
    deletedAt: timestamp.nullable(),
  })
  .meta({ id: "Message" });
export type Message = z.infer<typeof message>;

/** Text that holds more than white space; the conversation type sets the real limit, in code points. */
export const messageContent = text(limits.textLength * 2).refine(
  (content) => content.trim() !== "",
  "Must not be empty.",
);

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
  })
  .meta({ id: "SendMessageInput" });
export type SendMessageInput = z.infer<typeof sendMessageInput>;
