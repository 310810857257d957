import type { EventPayload } from "@parley/protocol";
import type { Database } from "../../platform/db/database.ts";
import { statement } from "../../platform/db/statement.ts";

type Digest = EventPayload<"sync:digest">;

const sumsStatement = statement<{
  user_id: string;
  conversations: number;
  version_sum: number;
  read_sum: number;
  preference_sum: number;
}>(
  "digests.sums",
  `SELECT p.user_id, count(*) AS conversations, sum(c.version)::bigint AS version_sum, sum(p.read_seq)::bigint AS read_sum,
     sum(p.preference_version)::bigint AS preference_sum
   FROM participants p JOIN conversations c ON c.id = p.conversation_id
   WHERE p.user_id = ANY ($1::text[])
   GROUP BY p.user_id`,
);

/** The sums over the conversations of each of these people; nothing for those without any. */
export async function findDigests(
  db: Pick<Database, "query">,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, Digest>> {
  const rows = userIds.length === 0 ? [] : await db.query(sumsStatement, [userIds]);
  return new Map(
    rows.map(({ user_id, conversations, version_sum, read_sum, preference_sum }) => [
      user_id,
      { conversations, versionSum: version_sum, readSum: read_sum, preferenceSum: preference_sum },
    ]),
  );
}
