import type { Database } from "../../platform/db/database.ts";
import { statement } from "../../platform/db/statement.ts";

/** Whoever shares conversations with more people hears of these many, no matter which. */
const MAX_PEOPLE = 5_000;

const peopleStatement = statement<{ user_id: string; other_ids: string[] }>(
  "presence.people",
  `SELECT me.user_id, people.other_ids
   FROM unnest($1::text[]) AS me (user_id)
   CROSS JOIN LATERAL (
     SELECT coalesce(array_agg(known.user_id), '{}') AS other_ids
     FROM (
       SELECT DISTINCT other.user_id
       FROM participants mine
       JOIN conversations c ON c.id = mine.conversation_id AND c.status = 'active'
       JOIN participants other ON other.conversation_id = mine.conversation_id
       WHERE mine.user_id = me.user_id AND other.user_id <> me.user_id
       LIMIT ${MAX_PEOPLE}
     ) AS known
   ) AS people`,
);

/** With whom each of these people shares an active conversation. */
export async function findPeopleOf(
  db: Pick<Database, "query">,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db.query(peopleStatement, [userIds]);
  return new Map(rows.map(({ user_id, other_ids }) => [user_id, other_ids]));
}

const leaveStatement = statement<never>(
  "presence.leave",
  "UPDATE users SET last_seen_at = $2 WHERE id = ANY ($1::text[])",
);

/** These people left at that time (ISO 8601). */
export async function storeLastSeen(
  db: Pick<Database, "query">,
  userIds: readonly string[],
  at: string,
): Promise<void> {
  if (userIds.length > 0) await db.query(leaveStatement, [userIds, at]);
}

const lastSeenStatement = statement<{ id: string; last_seen_at: string | null }>(
  "presence.last-seen",
  "SELECT id, last_seen_at FROM users WHERE id = ANY ($1::text[])",
);

/** When each of these people was last here, as ISO 8601; null: never seen. */
export async function findLastSeen(
  db: Pick<Database, "query">,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const rows = userIds.length === 0 ? [] : await db.query(lastSeenStatement, [userIds]);
  return new Map(rows.map(({ id, last_seen_at }) => [id, last_seen_at]));
}
