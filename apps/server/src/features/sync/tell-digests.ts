import { type EventPayload, limits } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { statement } from "../../platform/db/statement.ts";
import { ExpiringMap } from "../../platform/realtime/expiring-map.ts";

type Digest = EventPayload<"sync:digest">;

/** People whose sums are added up by one statement. */
const BATCH = 500;
/** Long enough for the catch-up after connecting to be over, mostly. */
const AFTER_CONNECTING_MS = 1_000;

const sumsStatement = statement<{ user_id: string; conversations: number; version_sum: number; read_sum: number }>(
  "sync.digest",
  `SELECT p.user_id, count(*) AS conversations, sum(c.version)::bigint AS version_sum, sum(p.read_seq)::bigint AS read_sum
   FROM participants p JOIN conversations c ON c.id = p.conversation_id
   WHERE p.user_id = ANY ($1::text[])
   GROUP BY p.user_id`,
);

export interface DigestTeller {
  /** This person has connected. */
  expect(userId: string): void;
  /** Tells those whose turn it is: shortly after connecting, then every `limits.digestIntervalMs`. */
  tellDue(): Promise<void>;
}

/** By its digest a client notices that the last event of a conversation never reached it. */
export function createDigestTeller(deps: Pick<Deps, "db" | "fanOut" | "clock">): DigestTeller {
  const soon = new ExpiringMap<string, true>(deps.clock, AFTER_CONNECTING_MS);
  const later = new ExpiringMap<string, true>(deps.clock, limits.digestIntervalMs);

  async function tellBatch(): Promise<boolean> {
    const due = [...soon.takeEnded(BATCH), ...later.takeEnded(BATCH)].map(([userId]) => userId);
    const connected = deps.fanOut.connected([...new Set(due)]);
    // Noted first: a failing database only puts it off.
    for (const userId of connected) later.set(userId, true);
    for (const [userId, digest] of await findDigests(deps, connected)) {
      deps.fanOut.toUsers([userId], "sync:digest", digest);
    }
    return due.length > 0;
  }

  return {
    expect: (userId) => soon.set(userId, true),
    tellDue: async () => {
      while (await tellBatch());
    },
  };
}

async function findDigests({ db }: Pick<Deps, "db">, userIds: readonly string[]): Promise<ReadonlyMap<string, Digest>> {
  const rows = userIds.length === 0 ? [] : await db.query(sumsStatement, [userIds]);
  const none: Digest = { conversations: 0, versionSum: 0, readSum: 0 };
  const found = rows.map(({ user_id, conversations, version_sum, read_sum }): [string, Digest] => [
    user_id,
    { conversations, versionSum: version_sum, readSum: read_sum },
  ]);
  return new Map([...userIds.map((userId): [string, Digest] => [userId, none]), ...found]);
}
