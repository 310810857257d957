import { statement } from "../../platform/db/statement.ts";
import { type ConversationRow, conversationColumns, lastMessageJoin } from "../conversations/conversation-row.ts";
import type { MessageRow } from "../conversations/present-message.ts";

export interface ChangedRow extends ConversationRow {
  /** Start over: new to the caller, or too far behind. */
  reset: boolean;
  /** Changed messages, or the newest page; in order of seq. */
  messages: MessageJson[] | null;
  /** How many conversations changed in all. */
  changed: number;
}

/** A message as JSON: its times are milliseconds since the epoch. */
export type MessageJson = Omit<MessageRow, "created_at" | "edited_at" | "deleted_at"> & {
  created_ms: number;
  edited_ms: number | null;
  deleted_ms: number | null;
};

/** Times go as numbers, since JSON writes timestamps its own way. */
const messageJson = (alias: string): string => `json_build_object(
  'id', ${alias}.id, 'conversation_id', ${alias}.conversation_id, 'seq', ${alias}.seq, 'version', ${alias}.version,
  'client_message_id', ${alias}.client_message_id, 'sender_id', ${alias}.sender_id, 'kind', ${alias}.kind,
  'content', ${alias}.content,
  'created_ms', (extract(epoch FROM ${alias}.created_at) * 1000)::bigint,
  'edited_ms', (extract(epoch FROM ${alias}.edited_at) * 1000)::bigint,
  'deleted_ms', (extract(epoch FROM ${alias}.deleted_at) * 1000)::bigint)`;

/**
 * Everything that changed in the actor's conversations, in one snapshot.
 * $1 user, $2 and $3 conversations and the versions that the caller holds, $4 messages in one answer at most, $5 the
 * size of a fresh page, $6 conversations in one answer at most.
 *
 * Each lasting change takes one version, so no more messages changed than versions passed: `behind` bounds them without
 * counting. New ones lie among the last `behind` seqs; older ones that were edited or deleted are found by the partial
 * index. Conversations come whole or not at all: those that do not fit come with the next call.
 */
export const readChanges = statement<ChangedRow>(
  "read_changes",
  `WITH sent AS (SELECT * FROM unnest($2::uuid[], $3::bigint[]) AS s (id, version)),
   changed AS (
     SELECT c.id, c.updated_at, sent.version AS sent_version, c.version - sent.version AS behind, c.last_seq,
       sent.version IS NULL OR sent.version > c.version OR c.version - sent.version > $4 AS reset
     FROM participants mine
       JOIN conversations c ON c.id = mine.conversation_id
       LEFT JOIN sent ON sent.id = c.id
     WHERE mine.user_id = $1 AND sent.version IS DISTINCT FROM c.version
   ),
   measured AS (
     SELECT *,
       sum(CASE WHEN reset THEN least($5, last_seq) ELSE behind END) OVER newest_first AS messages_so_far,
       row_number() OVER newest_first AS n,
       count(*) OVER () AS changed
     FROM changed
     WINDOW newest_first AS (ORDER BY updated_at DESC, id DESC ROWS UNBOUNDED PRECEDING)
   ),
   page AS (SELECT * FROM measured WHERE (messages_so_far <= $4 AND n <= $6) OR n = 1)
   SELECT ${conversationColumns}, page.reset, page.changed,
     CASE WHEN page.reset THEN (
       SELECT json_agg(newest.message ORDER BY newest.seq) FROM (
         SELECT x.seq, ${messageJson("x")} AS message FROM messages x
         WHERE x.conversation_id = c.id ORDER BY x.seq DESC LIMIT $5
       ) newest
     ) ELSE (
       SELECT json_agg(later.message ORDER BY later.seq) FROM (
         SELECT x.seq, ${messageJson("x")} AS message FROM messages x
         WHERE x.conversation_id = c.id AND x.seq > page.last_seq - page.behind AND x.version > page.sent_version
         UNION ALL
         SELECT x.seq, ${messageJson("x")} FROM messages x
         WHERE x.conversation_id = c.id AND x.seq <= page.last_seq - page.behind AND x.version > page.sent_version
           AND (x.edited_at IS NOT NULL OR x.deleted_at IS NOT NULL)
       ) later
     ) END AS messages
   FROM page JOIN conversations c ON c.id = page.id ${lastMessageJoin}
   ORDER BY page.n`,
);

/** $1 user, $2 conversations: those of them in which the user does not take part. */
export const readGone = statement<{ id: string }>(
  "read_gone",
  `SELECT sent.id FROM unnest($2::uuid[]) AS sent (id)
   WHERE NOT EXISTS (SELECT FROM participants p WHERE p.conversation_id = sent.id AND p.user_id = $1)`,
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
  `WITH sent AS (SELECT * FROM unnest($2::uuid[], $3::bigint[]) AS s (id, positions)),
   moved AS (
     SELECT sent.id
     FROM sent
       JOIN participants mine ON mine.conversation_id = sent.id AND mine.user_id = $1
       JOIN participants p ON p.conversation_id = sent.id
     GROUP BY sent.id, sent.positions
     HAVING sum(p.read_seq + p.delivered_seq) <> sent.positions
   )
   SELECT p.conversation_id, p.user_id, p.read_seq, p.delivered_seq
   FROM moved JOIN participants p ON p.conversation_id = moved.id`,
);
