import { statement } from "../../platform/db/statement.ts";
import { type ConversationRow, conversationColumns, lastMessageJoin } from "../conversations/conversation-row.ts";
import type { MessageRow } from "../conversations/present-message.ts";
import { type PreferencesJson, preferencesJson } from "../conversations/present-preferences.ts";

export interface ChangedRow extends ConversationRow {
  /** Start over: new to the caller, or too far behind. */
  reset: boolean;
  /** Changed messages, or the newest page; in order of seq. */
  messages: MessageJson[] | null;
  /** How many conversations changed in all. */
  changed: number;
}

/** All of `ChangedRow` is null when nothing changed: there is one row at least. */
type ChangesRow = { [Key in keyof ChangedRow]: ChangedRow[Key] | null } & {
  /** The conversations of the caller's in which the actor does not take part; the same in each row. */
  gone: string[];
  /** The sum of the versions of all of the actor's preferences; the same in each row. */
  preference_sum: number;
};

/** A message as JSON: its times are milliseconds since the epoch. */
export type MessageJson = Omit<MessageRow, "pinned_at" | "created_at" | "edited_at" | "deleted_at"> & {
  pinned_ms: number | null;
  created_ms: number;
  edited_ms: number | null;
  deleted_ms: number | null;
};

/** The columns of MessageJson, of message `x`. Times go as numbers, since JSON writes timestamps its own way. */
const messageColumns = `
  x.id, x.conversation_id, x.seq, x.version, x.client_message_id, x.sender_id, x.kind, x.content,
  x.reply_seq, x.reply_id, x.reply_sender_id, x.reply_excerpt, x.mentions, x.reactions,
  (extract(epoch FROM x.pinned_at) * 1000)::bigint AS pinned_ms,
  (extract(epoch FROM x.created_at) * 1000)::bigint AS created_ms,
  (extract(epoch FROM x.edited_at) * 1000)::bigint AS edited_ms,
  (extract(epoch FROM x.deleted_at) * 1000)::bigint AS deleted_ms`;

/**
 * Everything that changed in the actor's conversations, in one snapshot.
 * $1 user, $2 and $3 conversations and the versions that the caller holds, $4 messages in one answer at most, $5 the
 * size of a fresh page, $6 conversations in one answer at most.
 *
 * Each lasting change takes one version, so no more messages changed than versions passed: `behind` bounds them without
 * counting. New ones lie among the last `behind` seqs; older ones that were changed later are found by the partial index.
 * Conversations come whole or not at all: those that do not fit come with the next call.
 */
export const readChanges = statement<ChangesRow>(
  "read_changes",
  `WITH held AS (
     -- A full join is hashed or merged, never one loop in the other; OFFSET 0 keeps it a full join.
     SELECT c.id, c.updated_at, c.version, c.last_seq, sent.id AS sent_id, sent.version AS sent_version
     FROM my_conversations c FULL JOIN unnest($2::uuid[], $3::bigint[]) AS sent (id, version) ON sent.id = c.id
     OFFSET 0
   ),
   changed AS (
     SELECT id, updated_at, sent_version, version - sent_version AS behind, last_seq,
       sent_version IS NULL OR sent_version > version OR version - sent_version > $4 AS reset
     FROM held
     WHERE id IS NOT NULL AND sent_version IS DISTINCT FROM version
   ),
   measured AS (
     SELECT *,
       sum(CASE WHEN reset THEN least($5, last_seq) ELSE behind END) OVER newest_first AS messages_so_far,
       row_number() OVER newest_first AS n,
       count(*) OVER () AS changed
     FROM changed
     WINDOW newest_first AS (ORDER BY updated_at DESC, id DESC ROWS UNBOUNDED PRECEDING)
   ),
   page AS (SELECT * FROM measured WHERE (messages_so_far <= $4 AND n <= $6) OR n = 1),
   gone AS (
     SELECT ARRAY(SELECT sent_id FROM held WHERE id IS NULL)::text[] AS ids, (
       SELECT coalesce(sum(mine.preference_version), 0)::bigint FROM my_places mine
       WHERE mine.user_id = $1 AND mine.preference_version > 0
     ) AS preference_sum
   )
   SELECT ${conversationColumns}, page.reset, page.changed, gone.ids AS gone, gone.preference_sum,
     CASE WHEN page.reset THEN (
       SELECT json_agg(newest ORDER BY newest.seq) FROM (
         SELECT ${messageColumns} FROM messages x
         WHERE x.conversation_id = c.id ORDER BY x.seq DESC LIMIT $5
       ) newest
     ) ELSE (
       SELECT json_agg(later ORDER BY later.seq) FROM (
         SELECT ${messageColumns} FROM messages x
         WHERE x.conversation_id = c.id AND x.seq > page.last_seq - page.behind AND x.version > page.sent_version
         UNION ALL
         SELECT ${messageColumns} FROM messages x
         WHERE x.conversation_id = c.id AND x.seq <= page.last_seq - page.behind AND x.version > page.sent_version
           AND x.touched
       ) later
     ) END AS messages
   FROM gone LEFT JOIN page ON true LEFT JOIN seen_conversations c ON c.id = page.id AND c.user_id = $1
     ${lastMessageJoin}
   ORDER BY page.n`,
);

/** $1 user: what they have ever set. */
export const readPreferences = statement<{ conversation_id: string; preferences: PreferencesJson }>(
  "read_preferences",
  `SELECT mine.conversation_id, ${preferencesJson("mine")} AS preferences
   FROM my_places mine WHERE mine.user_id = $1 AND mine.preference_version > 0`,
);

interface MovedReceiptRow {
  conversation_id: string;
  user_id: string;
  read_seq: number;
  delivered_seq: number;
}

/**
 * $1 user, $2 conversations, $3 for each the sum of all positions that the caller holds. Positions only grow, so another
 * sum means other positions.
 */
export const readMovedReceipts = statement<MovedReceiptRow>(
  "read_moved_receipts",
  `WITH held AS (
     SELECT p.conversation_id AS id, sum(p.read_seq + p.delivered_seq)::bigint AS positions
     FROM my_participants p
     WHERE p.conversation_id = ANY ($2::uuid[])
     GROUP BY p.conversation_id
   ),
   moved AS MATERIALIZED (
     SELECT id FROM held
     WHERE (id, positions) NOT IN (SELECT * FROM unnest($2::uuid[], $3::bigint[]) AS sent (id, positions))
   )
   SELECT p.conversation_id, p.user_id, p.read_seq, p.delivered_seq
   FROM my_participants p
   WHERE p.conversation_id = ANY (ARRAY(
     SELECT mine.conversation_id FROM participants mine
     WHERE mine.user_id = $1 AND mine.conversation_id = ANY (ARRAY(SELECT id FROM moved))))`,
);
