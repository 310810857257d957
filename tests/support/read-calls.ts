import { listConversations } from "../../apps/server/src/features/conversations/list-conversations.ts";
import { getConversation } from "../../apps/server/src/features/conversations/get-conversation.ts";
import { listMessages } from "../../apps/server/src/features/messages/list-messages.ts";
import { getUnread } from "../../apps/server/src/features/receipts/get-unread.ts";
import { sync } from "../../apps/server/src/features/sync/sync.ts";
import type { Database } from "../../apps/server/src/platform/db/database.ts";
import { conversationId, type Filling, READER } from "./fill-messages.ts";

/** What one person reads of a filled database, by the use cases of the server. */
export interface ReadCall {
  readonly name: string;
  readonly run: (db: Database) => Promise<unknown>;
}

/** The calls of a person who takes part in `filling.held` conversations; the versions are those that lie there. */
export async function readCalls(db: Database, { conversations, held }: Filling): Promise<ReadCall[]> {
  const actor = { kind: "user", userId: READER, expiresAt: Number.MAX_SAFE_INTEGER } as const;
  const ids = Array.from({ length: held }, (_, n) => conversationId(n * Math.floor(conversations / held)));
  const long = ids[0] ?? "";
  const now = await holdings(db, ids);
  const behind = { ...now.versions };
  for (const id of ids.slice(-50)) behind[id] = (now.versions[id] ?? 0) - 3;
  const inbox = (filter: "all" | "unread", limit: number) => (of: Database) =>
    listConversations({ db: of }, actor, { filter, limit, box: "all" });
  const page = (place: { before?: number; around?: number }) => (of: Database) =>
    listMessages({ db: of }, actor, { conversationId: long, query: { limit: 50, ...place } });
  return [
    { name: "history, newest 50", run: page({}) },
    { name: "history, 50 before", run: page({ before: 1_000 }) },
    { name: "history, 50 around", run: page({ around: 1_000 }) },
    { name: "one conversation", run: (of) => getConversation({ db: of }, actor, long) },
    { name: "inbox, page of 30", run: inbox("all", 30) },
    { name: "inbox, page of 100", run: inbox("all", 100) },
    { name: "inbox, 30 unread", run: inbox("unread", 30) },
    { name: "unread of all", run: (of) => getUnread({ db: of }, actor) },
    { name: "sync, nothing new", run: (of) => sync({ db: of }, actor, now) },
    { name: "sync, 50 with 3 new", run: (of) => sync({ db: of }, actor, { ...now, versions: behind }) },
    { name: "sync, from nothing", run: (of) => sync({ db: of }, actor, { versions: {} }) },
  ];
}

const HOLDINGS = {
  name: "holdings",
  text: `SELECT c.id, c.version, sum(p.read_seq + p.delivered_seq)::bigint AS positions
    FROM conversations c JOIN participants p ON p.conversation_id = c.id WHERE c.id = ANY ($1) GROUP BY c.id`,
};

/** What a client holds that has seen everything. */
async function holdings(db: Database, ids: readonly string[]) {
  const rows = await db.query<{ id: string; version: number; positions: number }>(HOLDINGS, [ids]);
  return {
    versions: Object.fromEntries(rows.map(({ id, version }) => [id, version])),
    positions: Object.fromEntries(rows.map(({ id, positions }) => [id, positions])),
  };
}
