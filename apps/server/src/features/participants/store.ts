import type { ConversationStatus, ParticipantRole } from "@parley/protocol";
import { statement } from "../../platform/db/statement.ts";

interface MembershipRow {
  role: ParticipantRole;
  type: string;
  status: ConversationStatus;
}

const membershipIn = (conversations: "conversations" | "seen_conversations"): string =>
  `SELECT p.role, c.type, c.status
   FROM participants p JOIN ${conversations} c ON c.id = p.conversation_id
   WHERE p.conversation_id = $1 AND p.user_id = $2`;

/** $1 conversation, $2 the actor. */
export const findOwnMembership = statement<MembershipRow>("find_own_membership", membershipIn("seen_conversations"));

/** $1 conversation, $2 user. Past the policies: of anybody. */
export const findMembership = statement<MembershipRow>("find_membership", membershipIn("conversations"));

/**
 * $1 conversation, $2 user ids, $3 their roles, $4 the version at which they join; they have read what was before. Who
 * comes back has untouched preferences of a higher version than before.
 */
export const insertParticipants = statement<{ user_id: string }>(
  "insert_participants",
  `INSERT INTO participants (
     conversation_id, user_id, role, joined_version, read_seq, delivered_seq, preference_version
   )
   SELECT c.id, joining.user_id, joining.role, $4, c.last_seq, c.last_seq, coalesce(before.preference_version + 1, 0)
   FROM conversations c CROSS JOIN unnest($2::text[], $3::text[]) AS joining (user_id, role)
     LEFT JOIN former_participants before ON before.conversation_id = c.id AND before.user_id = joining.user_id
   WHERE c.id = $1
   ON CONFLICT DO NOTHING
   RETURNING user_id`,
);

/** $1 conversation, $2 user, $3 role. */
export const updateRole = statement<{ user_id: string }>(
  "update_participant_role",
  `UPDATE participants SET role = $3 WHERE conversation_id = $1 AND user_id = $2 AND role <> $3 RETURNING user_id`,
);

/** $1 conversation, $2 user, $3 whether it was their own choice. */
export const deleteParticipant = statement<{ user_id: string }>(
  "delete_participant",
  `WITH gone AS (
     DELETE FROM participants WHERE conversation_id = $1 AND user_id = $2
     RETURNING conversation_id, user_id, preference_version
   )
   INSERT INTO former_participants (conversation_id, user_id, left_by_choice, preference_version)
   SELECT conversation_id, user_id, $3, preference_version FROM gone
   ON CONFLICT (conversation_id, user_id) DO UPDATE
     SET left_at = now(), left_by_choice = excluded.left_by_choice, preference_version = excluded.preference_version
   RETURNING user_id`,
);

/** $1 conversation, $2 user ids: they are back, those of them who took part once. */
export const deleteFormerParticipants = statement<{ user_id: string }>(
  "delete_former_participants",
  `DELETE FROM former_participants WHERE conversation_id = $1 AND user_id = ANY ($2::text[]) RETURNING user_id`,
);

/** $1 conversation, $2 user ids: those of them who took part once, and left by their own choice. */
export const listLeftByChoice = statement<{ user_id: string }>(
  "list_left_by_choice",
  `SELECT user_id FROM former_participants
   WHERE conversation_id = $1 AND user_id = ANY ($2::text[]) AND left_by_choice`,
);

interface ParticipantRow {
  user_id: string;
  role: ParticipantRole;
}

/** $1 conversation. In the order of joining. */
export const listParticipants = statement<ParticipantRow>(
  "list_participants",
  `SELECT user_id, role FROM participants
   WHERE conversation_id = $1 ORDER BY joined_version, user_id COLLATE "C"`,
);

/** $1 conversation, $2 user: how many others take part, and how many of them are owners. */
export const countOthers = statement<{ people: number; owners: number }>(
  "count_other_participants",
  `SELECT count(*)::int AS people, count(*) FILTER (WHERE role = 'owner')::int AS owners
   FROM participants WHERE conversation_id = $1 AND user_id <> $2`,
);

/** $1 user: over all of their conversations. */
export const readUnreadTotal = statement<{ total: number }>(
  "read_unread_total",
  `SELECT coalesce((SELECT sum(last_seq) FROM conversations WHERE id = ANY (mine.conversations)) - mine.read_seqs, 0)::bigint AS total
   FROM (
     SELECT sum(read_seq) AS read_seqs, array_agg(conversation_id) AS conversations FROM participants WHERE user_id = $1
   ) mine`,
);
