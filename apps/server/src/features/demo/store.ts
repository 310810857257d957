import { type Statement, statement } from "../../platform/db/statement.ts";

/**
 * Lets the index of words finish what it is at, and wait: words that it wrote with a time of before would stay. In the order
 * in which it takes its tables. Not among those that PREPARE understands: it knows nothing of locks.
 */
export const lockWords: Statement<object> = {
  name: "lock_demo_words",
  text: "LOCK TABLE words_due, message_words IN SHARE ROW EXCLUSIVE MODE",
};

/**
 * $1 conversation, $2 the time of each of its messages, in order of seq. The one place where times are written by somebody
 * else than the database, and where another feature's tables are written: the demo's story has a past. The time is part of a place in
 * the index of words: what stands there already goes, and is written anew. Else a search would find each message twice.
 */
export const backdateConversation = statement<object>(
  "backdate_demo_conversation",
  `WITH told AS (
     UPDATE messages m SET created_at = times.at
     FROM unnest($2::timestamptz[]) WITH ORDINALITY AS times (at, seq)
     WHERE m.conversation_id = $1 AND m.seq = times.seq RETURNING m.created_at
   ), due AS (
     INSERT INTO words_due (conversation_id, seq) SELECT $1, seq FROM generate_series(1, cardinality($2::timestamptz[])) AS seq
     ON CONFLICT DO NOTHING
   ), forgotten AS (
     DELETE FROM message_words WHERE conversation_id = $1
   )
   UPDATE conversations SET created_at = past.started, updated_at = past.ended
   FROM (SELECT min(created_at) AS started, max(created_at) AS ended FROM told) past WHERE id = $1`,
);
