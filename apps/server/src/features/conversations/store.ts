import type { ConversationStatus, ParticipantRole } from "@parley/protocol";
import { statement } from "../../platform/db/statement.ts";
import {
  type ConversationRow,
  conversationColumns,
  conversationColumnsOfAll,
  lastMessageJoin,
} from "./conversation-row.ts";

/** $1 conversation, $2 user. */
export const findConversation = statement<ConversationRow>(
  "find_conversation",
  `SELECT ${conversationColumns}
   FROM seen_conversations c ${lastMessageJoin}
   WHERE c.id = $1 AND c.user_id = $2`,
);

/** $1 conversation. For the host, and to tell all participants. */
export const findConversationAsHost = statement<ConversationRow>(
  "find_conversation_as_host",
  `SELECT ${conversationColumnsOfAll} FROM conversations c ${lastMessageJoin} WHERE c.id = $1`,
);

/** Positions are compared as one set: none of them is looked up by itself. */
const isUnread = `(c.id, c.last_seq) NOT IN (
  SELECT mine.conversation_id, mine.read_seq FROM my_places mine WHERE mine.user_id = $1 AND NOT mine.marked_unread)`;

interface InboxOrder {
  /** A further column to order by, of conversation `c`. */
  readonly also?: string;
  /** Whether one comes after the last one of the page before; of the columns of `page`, as what it is ordered by. */
  readonly isAfter: string;
  readonly by: string;
}

const newest: InboxOrder = {
  isAfter: "(page.updated_at, page.id) < ($3::timestamptz, $4::uuid)",
  by: "page.updated_at DESC, page.id DESC",
};

const oldest: InboxOrder = {
  isAfter: "(page.updated_at, page.id) > ($3::timestamptz, $4::uuid)",
  by: "page.updated_at, page.id",
};

/** $11: whether the last one before this page is unread. */
const unread: InboxOrder = {
  also: `, ${isUnread} AS is_unread`,
  isAfter: "(page.is_unread, page.updated_at, page.id) < ($11::boolean, $3::timestamptz, $4::uuid)",
  by: "page.is_unread DESC, page.updated_at DESC, page.id DESC",
};

/**
 * One page of a person's inbox. $1 user, $2 limit, $3 and $4 updated_at and id of the last one before this page.
 *
 * The memberships go in as one list, inside the view: the thousand rows of it are walked once. Only what they are ordered by
 * is read and sorted of them; everything else is looked up for those on the page, and that the actor takes part once more.
 * @param narrowed further conditions, none of which looks up each conversation by itself
 */
const inboxPage = ({ also = "", isAfter, by }: InboxOrder, narrowed = ""): string =>
  `WITH page AS (
     SELECT *
     FROM (SELECT c.id, c.updated_at ${also} FROM my_conversations c WHERE true ${narrowed}) page
     WHERE $3::timestamptz IS NULL OR ${isAfter}
     ORDER BY ${by} LIMIT $2
   )
   SELECT ${conversationColumns}
   FROM page JOIN seen_conversations c ON c.id = page.id AND c.user_id = $1 ${lastMessageJoin}
   ORDER BY ${by}`;

/** Where nothing is asked for in particular, as almost always: questions that are not asked cost half a millisecond too. */
export const listAllConversations = statement<ConversationRow>("list_all_conversations", inboxPage(newest));

/**
 * $5 filter, $6 type, $7 subject type, $8 subject id, $9 pattern for title, subject or another one's name; null: any; $10
 * box. Archived is what has not gone on since: archived_seq never lies beyond last_seq.
 */
const asAsked = `
       AND CASE $5::text WHEN 'all' THEN true WHEN 'unread' THEN ${isUnread} ELSE c.status = $5 END
       AND ($10::text = 'all' OR ($10::text = 'archive') = ((c.id, c.last_seq) IN (
         SELECT mine.conversation_id, mine.archived_seq FROM my_places mine
         WHERE mine.user_id = $1 AND mine.archived_seq IS NOT NULL AND mine.preference_version > 0)))
       AND ($6::text IS NULL OR c.type = $6)
       AND ($7::text IS NULL OR c.subject_type = $7)
       AND ($8::text IS NULL OR c.subject_id = $8)
       AND ($9::text IS NULL OR c.title ILIKE $9 OR c.subject_title ILIKE $9 OR c.subject_id ILIKE $9 OR EXISTS (
         SELECT FROM participants p JOIN users u ON u.id = p.user_id
         WHERE p.conversation_id = c.id AND p.user_id <> $1 AND u.name ILIKE $9))`;

export const listConversations = statement<ConversationRow>("list_conversations", inboxPage(newest, asAsked));

export const listOldestConversations = statement<ConversationRow>(
  "list_oldest_conversations",
  inboxPage(oldest, asAsked),
);

/** $11: see `unread`. */
export const listUnreadConversations = statement<ConversationRow>(
  "list_unread_conversations",
  inboxPage(unread, asAsked),
);

/** $1 id, $2 type, $3 to $7 subject (type, id, title, url, state), $8 title, $9 unique key. No row: the key was taken. */
export const insertConversation = statement<{ id: string }>(
  "insert_conversation",
  `INSERT INTO conversations (
     id, type, subject_type, subject_id, subject_title, subject_url, subject_state, title, unique_key
   ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
   ON CONFLICT (unique_key) DO NOTHING RETURNING id`,
);

/** $1 unique key. */
export const findByUniqueKey = statement<{ id: string }>(
  "find_conversation_by_unique_key",
  "SELECT id FROM conversations WHERE unique_key = $1",
);

interface LockedConversation {
  id: string;
  type: string;
  status: ConversationStatus;
  status_by_host: boolean;
  /** The actor's; null when the actor does not take part. */
  role: ParticipantRole | null;
  participants: number;
}

/** $1 conversation. Every lasting change starts with it: see the migration. */
export const lockConversation = statement<{ id: string }>(
  "lock_conversation",
  "SELECT id FROM conversations WHERE id = $1 FOR NO KEY UPDATE",
);

/** $1 conversation, $2 user: nobody locks what they do not take part in. */
export const lockConversationAs = statement<{ id: string }>(
  "lock_conversation_as",
  `SELECT c.id FROM conversations c JOIN participants p ON p.conversation_id = c.id AND p.user_id = $2
   WHERE c.id = $1 FOR NO KEY UPDATE OF c`,
);

/** $1 conversation, $2 user or null. Call after `lockConversation`: a statement of its own sees what was committed meanwhile. */
export const readLocked = statement<LockedConversation>(
  "read_locked_conversation",
  `SELECT c.id, c.type, c.status, c.status_by_host, p.role,
     (SELECT count(*)::int FROM participants everyone WHERE everyone.conversation_id = c.id) AS participants
   FROM conversations c LEFT JOIN participants p ON p.conversation_id = c.id AND p.user_id = $2
   WHERE c.id = $1`,
);

/** $1 conversation. The change of participants takes the next version. */
export const takeVersion = statement<{ version: number }>(
  "take_version",
  "UPDATE conversations SET version = version + 1 WHERE id = $1 RETURNING version",
);

/** $1 conversation, $2 the changed columns as JSON; what is left out stays. */
export const updateConversation = statement<object>(
  "update_conversation",
  `UPDATE conversations c SET
     title = changed.title, status = changed.status, status_by_host = changed.status_by_host,
     subject_title = changed.subject_title,
     subject_url = changed.subject_url, subject_state = changed.subject_state,
     version = c.version + 1, updated_at = greatest(c.updated_at, date_trunc('milliseconds', clock_timestamp()))
   FROM conversations old, jsonb_populate_record(old, $2::jsonb) AS changed
   WHERE c.id = $1 AND old.id = $1`,
);

/** $1 conversation. */
export const findType = statement<{ type: string }>(
  "find_conversation_type",
  "SELECT type FROM conversations WHERE id = $1",
);
