import { statement } from "../../platform/db/statement.ts";
import { type MessageRow, messageColumns } from "../conversations/present-message.ts";

/**
 * A place where the words were found. `id` is null when the message there has changed since. The last row may be none
 * (`is_hit` is false): everything from there on was looked at, and the page is not full.
 */
export type FoundRow = { [Key in keyof MessageRow]: MessageRow[Key] | null } & {
  found_at: string;
  found_conversation_id: string;
  found_seq: number;
  is_hit: boolean;
};

/**
 * Messages of the actor's conversations that hold all of these words, newest first.
 * $1 user, $2 folded words (at least one), $3 sender, $4 conversation, $5 from this time on, $6 to $8 before this place
 * (time, conversation, seq), $9 how many at most; null: any. $10 how many messages a word may stand in to be looked up, $11
 * how many of the actor's messages are looked through otherwise.
 *
 * `find_words` knows only the actor's own conversations; the messages come through the policies, as everywhere.
 */
export const findMessages = statement<FoundRow>(
  "search_messages",
  `SELECT f.created_at AS found_at, f.conversation_id AS found_conversation_id, f.seq AS found_seq, f.is_hit,
     ${messageColumns("m")}
   FROM find_words(
       $2::text[], $3::text, $4::uuid, coalesce($5::timestamptz, '-infinity'),
       coalesce($6::timestamptz, 'infinity'), coalesce($7::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
       coalesce($8::bigint, 9223372036854775807), $9::int, $10::int, $11::int
     ) f
     JOIN participants mine ON mine.conversation_id = f.conversation_id AND mine.user_id = $1
     LEFT JOIN messages m ON m.conversation_id = f.conversation_id AND m.seq = f.seq AND f.is_hit
       AND m.content IS NOT NULL AND m.edited_at IS NOT DISTINCT FROM f.edited_at
   ORDER BY f.created_at DESC, f.conversation_id DESC, f.seq DESC`,
);

/** $1 words of texts, $2 words that were looked for, both folded: those of the first that are forms of one of the second. */
export const findForms = statement<{ word: string }>(
  "find_forms",
  `SELECT word FROM unnest($1::text[]) word
   WHERE EXISTS (SELECT FROM unnest($2::text[]) wanted WHERE word_forms(word) @@ forms_of(wanted))`,
);

/** What is to be known of a message to index it. `content` is null in a tombstone. */
export interface TextRow {
  conversation_id: string;
  created_at: string;
  seq: number;
  edited_at: string | null;
  version: number;
  sender_id: string | null;
  content: string | null;
}

const textColumns = "m.conversation_id, m.created_at, m.seq, m.edited_at, m.version, m.sender_id, m.content";

/** $1 conversations, $2 seqs: these messages as they are now. */
export const readTexts = statement<TextRow>(
  "read_texts",
  `SELECT ${textColumns}
   FROM unnest($1::uuid[], $2::bigint[]) AS due (conversation_id, seq)
     JOIN messages m ON m.conversation_id = due.conversation_id AND m.seq = due.seq`,
);

/**
 * $1 to $5 conversations, times, seqs, times of editing and versions of messages as they were read, $6 senders, $7 folded
 * words, separated by spaces. A message that has another text by now is left out: its change has put it on the list. Words
 * that somebody else wrote of a later version stay.
 */
export const writeWords = statement<object>(
  "write_words",
  `INSERT INTO message_words AS w (conversation_id, created_at, seq, edited_at, version, words)
   SELECT t.conversation_id, m.created_at, t.seq, t.edited_at, t.version,
     CASE WHEN t.sender_id IS NULL THEN word_forms(t.words)
       ELSE word_forms(t.words) || array_to_tsvector(ARRAY['@' || t.sender_id]) END
   FROM unnest($1::uuid[], $2::timestamptz[], $3::bigint[], $4::timestamptz[], $5::bigint[], $6::text[], $7::text[])
     AS t (conversation_id, created_at, seq, edited_at, version, sender_id, words)
     JOIN messages m ON m.conversation_id = t.conversation_id AND m.seq = t.seq
       AND m.content IS NOT NULL AND m.edited_at IS NOT DISTINCT FROM t.edited_at
   -- In one order, so that two processes do not wait for each other.
   ORDER BY t.conversation_id, t.created_at, t.seq
   ON CONFLICT (conversation_id, created_at, seq) DO UPDATE
     SET edited_at = excluded.edited_at, words = excluded.words, version = excluded.version
   WHERE w.edited_at IS DISTINCT FROM excluded.edited_at AND w.version <= excluded.version`,
);

/** $1 to $3 conversations, times and seqs. */
export const removeWords = statement<object>(
  "remove_words",
  `DELETE FROM message_words w USING unnest($1::uuid[], $2::timestamptz[], $3::bigint[]) AS gone (conversation_id, created_at, seq)
   WHERE w.conversation_id = gone.conversation_id AND w.created_at = gone.created_at AND w.seq = gone.seq`,
);

/** $1 how many at most. Locked; what another process is at is left out. */
export const takeDue = statement<{ conversation_id: string; seq: number }>(
  "take_due_words",
  "DELETE FROM words_due WHERE (conversation_id, seq) IN (SELECT conversation_id, seq FROM words_due LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING conversation_id, seq",
);

/** Up to which id every message was looked at; no row while another process sweeps. Locked. */
export const lockSwept = statement<{ until: string }>(
  "lock_words_swept",
  "SELECT until FROM words_swept FOR UPDATE SKIP LOCKED",
);

/** $1 id: never back. */
export const moveSwept = statement<object>("move_words_swept", "UPDATE words_swept SET until = $1 WHERE until < $1");

/**
 * $1 and $2 ids, $3 how many at most: the messages between them in the order of their ids. `behind`: the index says
 * something else than the message; only then the text comes along.
 */
export const readSwept = statement<TextRow & { id: string; behind: boolean }>(
  "read_swept_texts",
  `SELECT m.id, m.conversation_id, m.created_at, m.seq, m.edited_at, m.version, m.sender_id, found.behind,
     CASE WHEN found.behind THEN m.content END AS content
   FROM (SELECT * FROM messages WHERE id > $1 AND id < $2 ORDER BY id LIMIT $3) m
     LEFT JOIN message_words w ON w.conversation_id = m.conversation_id AND w.created_at = m.created_at AND w.seq = m.seq,
     LATERAL (
       SELECT CASE WHEN w.seq IS NULL THEN m.content IS NOT NULL
         ELSE m.content IS NULL OR m.edited_at IS DISTINCT FROM w.edited_at END AS behind
     ) found
   ORDER BY m.id`,
);
