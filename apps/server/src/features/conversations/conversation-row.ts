import type { ConversationStatus, ParticipantRole } from "@parley/protocol";
import type { MessageRow } from "./present-message.ts";
import { type PreferencesJson, preferencesJson } from "./present-preferences.ts";

interface PersonJson {
  id: string;
  name: string | null;
  picture: string | null;
  role: string | null;
}

interface ParticipantJson extends PersonJson {
  participantRole: ParticipantRole;
  /** As others see it. */
  readSeq: number;
  deliveredSeq: number;
  /** For nobody else's eyes; null where there is nothing: the read position is as shown, and no preference was ever set. */
  own: {
    readSeq: number;
    preferences: PreferencesJson;
    /** false: does not tell what they read, so is not told of others. Left out where others stand as the actor sees them. */
    seesReads?: boolean;
  } | null;
}

/** The last message's columns, prefixed; all null when there is none. */
export type LastMessageColumns = {
  [Key in keyof MessageRow as Key extends "seq" ? "last_message_seq" : `last_${Key}`]: MessageRow[Key] | null;
};

export interface ConversationRow extends LastMessageColumns {
  id: string;
  type: string;
  subject_type: string | null;
  subject_id: string | null;
  subject_title: string | null;
  subject_url: string | null;
  subject_state: string | null;
  title: string | null;
  status: ConversationStatus;
  last_seq: number;
  version: number;
  created_at: string;
  updated_at: string;
  participants: ParticipantJson[] | null;
  former_participants: PersonJson[] | null;
}

const person = "u.id, u.name, u.picture, u.role";

/**
 * The columns of ConversationRow for a conversation `c` with its last message `m`, joined by `lastMessageJoin`. People are
 * written as whole rows: PostgreSQL looks at half as many values as when it is told each name and each value.
 * @param participants where they are read: past the policies the table, with what is everybody's own; as a reader the
 * view that shows of it only the actor's
 */
const columnsOf = (participants: "participants" | "seen_participants"): string => {
  const isAll = participants === "participants";
  return `
  c.id, c.type, c.subject_type, c.subject_id, c.subject_title, c.subject_url, c.subject_state, c.title, c.status,
  c.last_seq, c.version, c.created_at, c.updated_at,
  m.id AS last_id, m.conversation_id AS last_conversation_id, m.seq AS last_message_seq, m.version AS last_version,
  m.client_message_id AS last_client_message_id, m.sender_id AS last_sender_id, m.kind AS last_kind,
  m.content AS last_content, m.reply_seq AS last_reply_seq, m.reply_id AS last_reply_id,
  m.reply_sender_id AS last_reply_sender_id, m.reply_excerpt AS last_reply_excerpt, m.mentions AS last_mentions,
  m.reactions AS last_reactions, m.pinned_at AS last_pinned_at, m.created_at AS last_created_at,
  m.edited_at AS last_edited_at, m.deleted_at AS last_deleted_at,
  (SELECT json_agg(person) FROM (
    SELECT ${person}, p.role AS "participantRole", p.shown_read_seq AS "readSeq", p.delivered_seq AS "deliveredSeq",
      CASE WHEN p.preference_version > 0 OR p.read_seq <> p.shown_read_seq ${isAll ? "OR NOT u.read_receipts" : ""}
        THEN json_build_object('readSeq', p.read_seq, 'preferences', ${preferencesJson("p")}
          ${isAll ? ", 'seesReads', u.read_receipts" : ""}) END AS own
    FROM ${participants} p JOIN users u ON u.id = p.user_id WHERE p.conversation_id = c.id
    ORDER BY p.joined_version, p.user_id COLLATE "C"
  ) person) AS participants,
  (SELECT json_agg(person) FROM (
    SELECT ${person} FROM former_participants f JOIN users u ON u.id = f.user_id WHERE f.conversation_id = c.id
    ORDER BY u.id COLLATE "C"
  ) person) AS former_participants`;
};

/** For the actor. */
export const conversationColumns = columnsOf("seen_participants");

/** For the host, and to tell all participants, each what is theirs. */
export const conversationColumnsOfAll = columnsOf("participants");

export const lastMessageJoin = `LEFT JOIN messages m ON m.conversation_id = c.id AND m.seq = c.last_seq`;
