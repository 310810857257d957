import { statement } from "../../platform/db/statement.ts";

interface MovedRow extends MovedPositions {
  last_seq: number;
  /** false: they stood there already. */
  moved: boolean;
  /** These are null when nothing moved. */
  recipients: string[] | null;
  blind: string[] | null;
}

/** Moved rows of several conversations, with everybody who takes part. */
type MovedOfMany = MovedPositions & { conversation_id: string; recipients: string[]; blind: string[] };

export interface MovedPositions {
  read_seq: number;
  /** What others see of it. */
  shown_read_seq: number;
  delivered_seq: number;
  /** Something moved that others see. */
  others_moved: boolean;
  delivered_moved: boolean;
}

const everybodyIn = (conversation: string): string =>
  `ARRAY(SELECT other.user_id FROM participants other WHERE other.conversation_id = ${conversation})`;

/** Those who do not tell what they read: nobody tells them either. */
const blindIn = (conversation: string): string =>
  `ARRAY(SELECT other.user_id FROM participants other JOIN users shy ON shy.id = other.user_id AND NOT shy.read_receipts
     WHERE other.conversation_id = ${conversation})`;

/** Who does not tell what they read leaves the read position of participant `p` where others saw it, up to `target`. */
const keepQuiet = (readReceipts: string, target: string): string => `
  quiet_from = CASE WHEN NOT ${readReceipts} THEN p.shown_read_seq END,
  quiet_to = CASE WHEN NOT ${readReceipts} THEN ${target} END`;

const movePosition = (set: string, behind: string): string => `
  WITH mine AS (
    SELECT p.conversation_id, p.user_id, p.read_seq, p.shown_read_seq, p.delivered_seq, c.last_seq,
      least($3::bigint, c.last_seq) AS target, u.read_receipts
    FROM participants p JOIN conversations c ON c.id = p.conversation_id JOIN users u ON u.id = p.user_id
    WHERE p.conversation_id = $1 AND p.user_id = $2
    FOR NO KEY UPDATE OF p
  ), moved AS (
    UPDATE participants p SET ${set}
    FROM mine
    WHERE p.conversation_id = mine.conversation_id AND p.user_id = mine.user_id AND ${behind}
    RETURNING p.read_seq, p.shown_read_seq, p.delivered_seq
  )
  SELECT coalesce(moved.read_seq, mine.read_seq) AS read_seq,
    coalesce(moved.shown_read_seq, mine.shown_read_seq) AS shown_read_seq,
    coalesce(moved.delivered_seq, mine.delivered_seq) AS delivered_seq,
    moved.shown_read_seq > mine.shown_read_seq OR moved.delivered_seq > mine.delivered_seq AS others_moved,
    moved.delivered_seq > mine.delivered_seq AS delivered_moved,
    mine.last_seq, moved.read_seq IS NOT NULL AS moved,
    CASE WHEN moved.read_seq IS NOT NULL THEN ${everybodyIn("$1")} END AS recipients,
    CASE WHEN moved.read_seq IS NOT NULL THEN ${blindIn("$1")} END AS blind
  FROM mine LEFT JOIN moved ON true`;

/** $1 conversation, $2 user, $3 seq. Never back, never beyond the last message; what is read has arrived. */
export const moveRead = statement<MovedRow>(
  "move_read_position",
  movePosition(
    `read_seq = mine.target, delivered_seq = greatest(p.delivered_seq, mine.target),
    ${keepQuiet("mine.read_receipts", "mine.target")}`,
    "p.read_seq < mine.target",
  ),
);

/** $1 conversation, $2 user, $3 seq. */
export const moveDelivered = statement<MovedRow>(
  "move_delivered_position",
  movePosition("delivered_seq = mine.target", "p.delivered_seq < mine.target"),
);

/**
 * $1 user: the conversations with something unread, locked in the order of their ids as the write path does, since what
 * follows changes many rows.
 */
export const lockUnread = statement<{ id: string }>(
  "lock_unread_conversations",
  `SELECT c.id FROM conversations c JOIN participants p ON p.conversation_id = c.id AND p.user_id = $1
   WHERE c.last_seq > p.read_seq ORDER BY c.id FOR NO KEY UPDATE OF c`,
);

/** $1 user, $2 conversations. */
export const moveAllRead = statement<MovedOfMany>(
  "move_all_read_positions",
  `UPDATE participants p SET read_seq = c.last_seq, delivered_seq = c.last_seq,
     ${keepQuiet("u.read_receipts", "c.last_seq")}
   FROM conversations c, users u, participants before
   WHERE p.user_id = $1 AND p.conversation_id = ANY ($2::uuid[]) AND c.id = p.conversation_id AND u.id = p.user_id
     AND before.conversation_id = p.conversation_id AND before.user_id = p.user_id
   RETURNING p.conversation_id, p.read_seq, p.shown_read_seq, p.delivered_seq,
     p.shown_read_seq > before.shown_read_seq OR p.delivered_seq > before.delivered_seq AS others_moved,
     p.delivered_seq > before.delivered_seq AS delivered_moved,
     ${everybodyIn("p.conversation_id")} AS recipients, ${blindIn("p.conversation_id")} AS blind`,
);

/** $1 user: the conversations where others do not see how far they have read, locked like those above. */
export const lockQuiet = statement<{ id: string }>(
  "lock_quiet_conversations",
  `SELECT c.id FROM conversations c JOIN participants p ON p.conversation_id = c.id AND p.user_id = $1
   WHERE p.read_seq = p.quiet_to ORDER BY c.id FOR NO KEY UPDATE OF c`,
);

/** $1 user, $2 conversations: from now on others see how far they have read. */
export const showRead = statement<MovedOfMany>(
  "show_read_positions",
  `UPDATE participants p SET quiet_from = NULL, quiet_to = NULL
   WHERE p.user_id = $1 AND p.conversation_id = ANY ($2::uuid[]) AND p.read_seq = p.quiet_to
   RETURNING p.conversation_id, p.read_seq, p.shown_read_seq, p.delivered_seq, true AS others_moved,
     false AS delivered_moved, ${everybodyIn("p.conversation_id")} AS recipients, ${blindIn("p.conversation_id")} AS blind`,
);

/** $1 user. */
export const readUnread = statement<{ conversation_id: string; unread: number }>(
  "read_unread",
  `SELECT conversation_id, unread
   FROM (
     -- Both sides hold the same conversations. A full join is hashed or merged, never one loop in the other; OFFSET 0
     -- keeps it a full join.
     SELECT mine.conversation_id, c.last_seq - mine.read_seq AS unread
     FROM (SELECT * FROM my_places mine WHERE mine.user_id = $1) mine
       FULL JOIN my_conversations c ON c.id = mine.conversation_id
     OFFSET 0
   ) held
   WHERE unread > 0`,
);

/**
 * $1 and $2: pairs of user and conversation. Pairs of people who do not take part are left out. Each person's total is
 * a difference of two sums, looked up once, however many pairs name them.
 */
export const readUnreadOfPairs = statement<{
  user_id: string;
  conversation_id: string;
  unread: number;
  total: number;
}>(
  "read_unread_of_pairs",
  `SELECT people.user_id, p.conversation_id, c.last_seq - p.read_seq AS unread,
     (last_seqs.sum - read_seqs.sum)::bigint AS total
   FROM (
       SELECT user_id, array_agg(conversation_id) AS asked
       FROM unnest($1::text[], $2::uuid[]) AS pair (user_id, conversation_id) GROUP BY user_id
     ) people
     CROSS JOIN LATERAL (
       SELECT sum(read_seq), array_agg(conversation_id) AS conversations FROM participants
       WHERE user_id = people.user_id
     ) read_seqs
     CROSS JOIN LATERAL (SELECT sum(last_seq) FROM conversations WHERE id = ANY (read_seqs.conversations)) last_seqs
     CROSS JOIN LATERAL unnest(people.asked) AS asked (id)
     JOIN participants p ON p.conversation_id = asked.id AND p.user_id = people.user_id
     JOIN conversations c ON c.id = p.conversation_id`,
);
