import { z } from "zod";
import { id, position, text, timestamp, webUrl } from "./fields.ts";
import { limits } from "./limits.ts";
import { message } from "./message.ts";
import { userProfile } from "./user.ts";

/** What the host attached: an order, a project, a gig. It belongs to the host; Parley only keeps it. */
export const subject = z
  .strictObject({
    type: id,
    id,
    title: text(limits.titleLength).nullable().default(null),
    url: webUrl.nullable().default(null),
    state: text(64).nullable().default(null),
  })
  .meta({ id: "Subject" });
export type Subject = z.infer<typeof subject>;

export const participantRole = z.enum(["owner", "admin", "member"]).meta({ id: "ParticipantRole" });
export type ParticipantRole = z.infer<typeof participantRole>;

export const participant = z
  .strictObject({
    user: userProfile,
    role: participantRole,
    /** Of others as far as they tell it; always 0 for those who do not tell their own (`Settings.readReceipts`). */
    readSeq: position,
    deliveredSeq: position,
  })
  .meta({ id: "Participant" });
export type Participant = z.infer<typeof participant>;

export const conversationStatus = z.enum(["active", "archived", "locked"]).meta({ id: "ConversationStatus" });
export type ConversationStatus = z.infer<typeof conversationStatus>;

/** What the actor has set for this conversation, for themselves alone. */
export const preferences = z
  .strictObject({
    /** Stands on top of the inbox since then. */
    pinnedAt: timestamp.nullable(),
    /** Until then nothing of it calls for attention; far in the future: until it is taken back. */
    mutedUntil: timestamp.nullable(),
    /** Archived up to this seq: the next message brings it back into the inbox. */
    archivedSeq: position.nullable(),
    /** Shown as unread whatever the positions say, until it is opened. */
    markedUnread: z.boolean(),
    /** Counts the actor's changes of these. */
    version: position,
  })
  .meta({ id: "Preferences" });
export type Preferences = z.infer<typeof preferences>;

export const preferencesInput = z
  .strictObject({
    pinned: z.boolean().optional(),
    mutedUntil: timestamp.nullable().optional(),
    /** true: up to the last message that there is now. */
    archived: z.boolean().optional(),
    markedUnread: z.boolean().optional(),
  })
  .refine((input) => Object.keys(input).length > 0, "Name at least one thing to change.")
  .meta({ id: "PreferencesInput" });
export type PreferencesInput = z.infer<typeof preferencesInput>;

/** A conversation as the actor sees it. */
export const conversation = z
  .strictObject({
    id,
    type: z.string(),
    subject: subject.nullable(),
    title: z.string().nullable(),
    status: conversationStatus,
    lastSeq: position,
    /** Counts every lasting change: messages new, edited, deleted; participants; status, title, subject. */
    version: position,
    lastMessage: message.nullable(),
    /** Ordered by joining, then by id. */
    participants: z.array(participant),
    /** Who took part once: only so that their messages keep a name. Ordered by id. */
    formerParticipants: z.array(userProfile),
    /** lastSeq minus the actor's read position; own messages never count. */
    unread: position,
    preferences,
    createdAt: timestamp,
    /** Of the newest message, or of the last change of status, title or subject: the order of the inbox. */
    updatedAt: timestamp,
  })
  .meta({ id: "Conversation" });
export type Conversation = z.infer<typeof conversation>;

export const openConversationInput = z
  .strictObject({
    type: id,
    subject: subject.optional(),
    title: text(limits.titleLength).optional(),
    participants: z
      .array(z.strictObject({ userId: id, role: participantRole.optional() }))
      .min(1)
      .max(limits.participantsPerOpen),
  })
  .meta({ id: "OpenConversationInput" });
export type OpenConversationInput = z.infer<typeof openConversationInput>;

export const changeConversationInput = z
  .strictObject({
    title: text(limits.titleLength).nullable().optional(),
    status: conversationStatus.optional(),
    subject: z
      .strictObject({
        title: text(limits.titleLength).nullable().optional(),
        url: webUrl.nullable().optional(),
        state: text(64).nullable().optional(),
      })
      .optional(),
  })
  .refine((input) => Object.keys(input).length > 0, "Name at least one thing to change.")
  .meta({ id: "ChangeConversationInput" });
export type ChangeConversationInput = z.infer<typeof changeConversationInput>;
