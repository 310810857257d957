import { type ConversationStatus, limits, type ParticipantRole } from "@parley/protocol";
import { statement } from "../../platform/db/statement.ts";
import { type MessageRow, messageColumns } from "../conversations/present-message.ts";

export type AppendOutcome =
  | "accepted"
  | "repeated"
  | "not_found"
  | "client_message_id_reused"
  | "reply_target_not_found"
  | "conversation_locked"
  | "conversation_archived"
  | "writers_only";

/** What was accepted comes without the columns that the request named; they are null. But its quote and its mentions come. */
export interface AppendedRow extends MessageRow {
  /** Its place in the batch, from 1. */
  ord: number;
  outcome: AppendOutcome;
  /** Only at the first accepted message of each conversation. */
  recipients: string[] | null;
  /** The sender had something unread before; null when nothing was accepted, or the host itself speaks. */
  sender_was_behind: boolean | null;
}

/** One array for each column of the batch; see the migration. */
export const appendMessages = statement<AppendedRow>(
  "append_messages",
  `SELECT * FROM append_messages(
     $1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::boolean[],
     $9::bigint[], $10::text[])`,
);

/** $1 conversation, $2 user, $3 clientMessageId: whether that user has sent it. */
export const findOwnSend = statement<{ seq: number }>(
  "find_own_send",
  `SELECT m.seq
   FROM participants mine JOIN messages m ON m.conversation_id = mine.conversation_id
   WHERE mine.conversation_id = $1 AND mine.user_id = $2 AND m.sender_id = $2 AND m.client_message_id = $3`,
);

/** $1 conversation: its version now, and everybody who takes part. */
export const readAudience = statement<{ version: number; recipients: string[] }>(
  "read_audience",
  `SELECT c.version, ARRAY(SELECT p.user_id FROM participants p WHERE p.conversation_id = c.id) AS recipients
   FROM conversations c WHERE c.id = $1`,
);

/** All columns null: the actor takes part, but nothing is there. */
export type HistoryRow = { [Key in keyof MessageRow]: MessageRow[Key] | null };

/** The one row of an empty list has only nulls. */
export const isMessage = <Row extends HistoryRow>(row: Row): row is Row & MessageRow => row.id !== null;

/**
 * Messages around a place, oldest first; no row at all when the actor does not take part.
 * $1 conversation, $2 user, $3 and $4: below this seq, at most so many; $5 and $6: from this seq on, at most so many.
 */
export const readHistory = statement<HistoryRow>(
  "read_history",
  `SELECT ${messageColumns("m")}
   FROM participants mine LEFT JOIN LATERAL (
     (SELECT ${messageColumns("b")} FROM messages b WHERE b.conversation_id = $1 AND b.seq < $3 ORDER BY b.seq DESC LIMIT $4)
     UNION ALL
     (SELECT ${messageColumns("f")} FROM messages f WHERE f.conversation_id = $1 AND f.seq >= $5 ORDER BY f.seq LIMIT $6)
   ) m ON true
   WHERE mine.conversation_id = $1 AND mine.user_id = $2
   ORDER BY m.seq`,
);

/** $1 message, $2 user: its conversation, locked, if that user takes part. */
export const lockConversationOfMessage = statement<{ conversation_id: string }>(
  "lock_conversation_of_message",
  `SELECT c.id AS conversation_id
   FROM messages m
     JOIN conversations c ON c.id = m.conversation_id
     JOIN participants p ON p.conversation_id = m.conversation_id AND p.user_id = $2
   WHERE m.id = $1
   FOR NO KEY UPDATE OF c`,
);

export interface ChangeableRow extends MessageRow {
  type: string;
  status: ConversationStatus;
  /** The actor's. */
  role: ParticipantRole;
}

/**
 * $1 message, $2 user. First as that user, before anything is locked; then after the lock, in a statement of its own: sees
 * what was committed meanwhile.
 */
export const readMessageForChange = statement<ChangeableRow>(
  "read_message_for_change",
  `SELECT ${messageColumns("m")}, c.type, c.status, p.role
   FROM messages m
     JOIN conversations c ON c.id = m.conversation_id
     JOIN participants p ON p.conversation_id = m.conversation_id AND p.user_id = $2
   WHERE m.id = $1`,
);

export interface ChangedRow extends MessageRow {
  recipients: string[];
}

const changed = (set: string): string => `
  WITH bumped AS (
    UPDATE conversations SET version = version + 1
    WHERE id = (SELECT conversation_id FROM messages WHERE id = $1) RETURNING id, version
  )
  UPDATE messages m SET version = bumped.version, touched = true, ${set}
  FROM bumped WHERE m.id = $1
  RETURNING ${messageColumns("m")},
    ARRAY(SELECT p.user_id FROM participants p WHERE p.conversation_id = m.conversation_id) AS recipients`;

const now = "date_trunc('milliseconds', clock_timestamp())";

/** $1 message, $2 content. */
export const updateContent = statement<ChangedRow>("edit_message", changed(`content = $2, edited_at = ${now}`));

/** $1 message. */
export const leaveTombstone = statement<ChangedRow>(
  "delete_message",
  changed(`deleted_content = content, content = NULL, deleted_mentions = mentions, mentions = NULL, reactions = NULL,
    pinned_at = NULL, pinned_by = NULL, deleted_at = ${now}`),
);

/** $1 message, which is a tombstone. Reactions and the pin do not come back. */
export const takeDeletionBack = statement<ChangedRow>(
  "restore_message",
  changed(`content = deleted_content, deleted_content = NULL, mentions = deleted_mentions, deleted_mentions = NULL,
    deleted_at = NULL`),
);

/** $1 message, $2 all of its reactions as JSON; null: none. */
export const updateReactions = statement<ChangedRow>("update_reactions", changed("reactions = $2::jsonb"));

/** $1 message, $2 who pins it. */
export const setPin = statement<ChangedRow>("pin_message", changed(`pinned_at = ${now}, pinned_by = $2`));

/** $1 message. */
export const takePin = statement<ChangedRow>("unpin_message", changed("pinned_at = NULL, pinned_by = NULL"));

/** $1 conversation, locked. */
export const countPins = statement<{ pins: number }>(
  "count_pins",
  "SELECT count(*)::int AS pins FROM messages WHERE conversation_id = $1 AND pinned_at IS NOT NULL",
);

/** $1 conversation, $2 user: the last pinned one first; no row at all when that user does not take part. */
export const readPins = statement<HistoryRow>(
  "read_pins",
  `SELECT ${messageColumns("m")}
   FROM participants mine
     LEFT JOIN messages m ON m.conversation_id = mine.conversation_id AND m.pinned_at IS NOT NULL
   WHERE mine.conversation_id = $1 AND mine.user_id = $2
   ORDER BY m.pinned_at DESC, m.seq DESC`,
);

/** All columns of the message null: no quote on this page had to change. */
type RequotedRow = HistoryRow & {
  /** How many replies were looked at, and the lowest seq among them: the next page lies below it. */
  looked_at: number;
  lowest: number | null;
};

/**
 * $1 message, whose conversation is locked, $2 seq, $3 how many: brings the quotes in the newest of its replies below this
 * seq along, each with a version of its own, in the order of seq. Those whose excerpt stays the same stay as they are.
 */
export const requoteReplies = statement<RequotedRow>(
  "requote_replies",
  `WITH quoted AS (
     SELECT conversation_id, seq, left(content, ${limits.quoteLength}) AS excerpt FROM messages WHERE id = $1
   ),
   page AS (
     SELECT r.seq, q.excerpt, r.reply_excerpt IS DISTINCT FROM q.excerpt AS is_stale
     FROM quoted q, LATERAL (
       SELECT seq, reply_excerpt FROM messages
       WHERE conversation_id = q.conversation_id AND reply_seq = q.seq AND seq < $2 ORDER BY seq DESC LIMIT $3
     ) r
   ),
   stale AS (SELECT seq, excerpt, row_number() OVER (ORDER BY seq) AS n FROM page WHERE is_stale),
   bumped AS (
     UPDATE conversations c SET version = c.version + stale.count
     FROM (SELECT count(*) FROM stale) stale
     WHERE c.id = (SELECT conversation_id FROM quoted) AND stale.count > 0
     RETURNING c.id, c.version - stale.count AS before
   ),
   requoted AS (
     UPDATE messages m SET version = bumped.before + stale.n, touched = true, reply_excerpt = stale.excerpt
     FROM stale, bumped
     WHERE m.conversation_id = bumped.id AND m.seq = stale.seq
     RETURNING ${messageColumns("m")}
   )
   SELECT looked.*, ${messageColumns("m")}
   FROM (SELECT count(*)::int AS looked_at, min(seq) AS lowest FROM page) looked LEFT JOIN requoted m ON true
   ORDER BY m.version`,
);

/** $1 message, $2 conversation, $3 seq: its replies below it are still to be requoted. Under the conversation's lock. */
export const putQuotesDue = statement<object>(
  "put_quotes_due",
  `INSERT INTO quotes_due (message_id, conversation_id, below_seq) VALUES ($1, $2, $3)
   ON CONFLICT (message_id) DO UPDATE SET below_seq = excluded.below_seq`,
);

/** $1 how many at most. */
export const findQuotesDue = statement<{ message_id: string; conversation_id: string }>(
  "find_quotes_due",
  "SELECT message_id, conversation_id FROM quotes_due LIMIT $1",
);

/** $1 message, whose conversation is locked: taken off the list, below which seq it goes on. */
export const takeQuotesDue = statement<{ below_seq: number }>(
  "take_quotes_due",
  "DELETE FROM quotes_due WHERE message_id = $1 RETURNING below_seq",
);
