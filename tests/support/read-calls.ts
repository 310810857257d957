import { listConversations } from "../../apps/server/src/features/conversations/list-conversations.ts";
import { getConversation } from "../../apps/server/src/features/conversations/get-conversation.ts";
import { listMessages } from "../../apps/server/src/features/messages/list-messages.ts";
import { getUnread } from "../../apps/server/src/features/receipts/get-unread.ts";
import { searchMessages } from "../../apps/server/src/features/search/search-messages.ts";
import { sync } from "../../apps/server/src/features/sync/sync.ts";
import type { Deps } from "../../apps/server/src/deps.ts";
import { mergeConversationTypes } from "../../apps/server/src/platform/conversation-types.ts";
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
  const inbox =
    (
      filter: "all" | "unread",
      limit: number,
      box: "all" | "inbox" | "archive" = "all",
      sort: "newest" | "oldest" | "unread" = "newest",
    ) =>
    (of: Database) =>
      listConversations({ db: of }, actor, { filter, limit, box, sort });
  const page = (place: { before?: number; around?: number }) => (of: Database) =>
    listMessages({ db: of }, actor, { conversationId: long, query: { limit: 50, ...place } });
  const search =
    (q: string, narrow: { conversationId?: string; senderId?: string; to?: string } = {}) =>
    (of: Database) =>
      searchMessages({ ...unhindered, db: of, conversationTypes }, actor, { q, limit: 20, ...narrow });
  return [
    { name: "history, newest 50", run: page({}) },
    { name: "history, 50 before", run: page({ before: 1_000 }) },
    { name: "history, 50 around", run: page({ around: 1_000 }) },
    { name: "one conversation", run: (of) => getConversation({ db: of }, actor, long) },
    { name: "inbox, page of 30", run: inbox("all", 30) },
    { name: "inbox, page of 100", run: inbox("all", 100) },
    { name: "inbox, 30 unread", run: inbox("unread", 30) },
    { name: "inbox, page of 30, unread first", run: inbox("all", 30, "all", "unread") },
    { name: "inbox, 30 that are not archived", run: inbox("all", 30, "inbox") },
    { name: "inbox, the archive", run: inbox("all", 30, "archive") },
    { name: "unread of all", run: (of) => getUnread({ db: of }, actor) },
    { name: "sync, nothing new", run: (of) => sync({ db: of }, actor, now) },
    { name: "sync, 50 with 3 new", run: (of) => sync({ db: of }, actor, { ...now, versions: behind }) },
    { name: "sync, from nothing", run: (of) => sync({ db: of }, actor, { versions: {} }) },
    { name: "search, a word of every second message", run: search("termin") },
    { name: "search, a word of every fifth message", run: search("rechnung") },
    { name: "search, a word of 1 in 20 messages", run: search("entwurf") },
    { name: "search, a word of 1 in 100 messages", run: search("angebot") },
    { name: "search, a word of 1 in 1,000 messages", run: search("korrektur") },
    { name: "search, a word of 1 in 4,000 messages", run: search("sonderfall") },
    { name: "search, a word that others use often", run: search("fremdwort") },
    { name: "search, a word that nobody uses", run: search("nirgendwo") },
    { name: "search, two letters", run: search("te") },
    { name: "search, three words", run: search("termin rechnung entwurf") },
    { name: "search, a frequent word half a year ago", run: search("termin", { to: halfAYearAgo() }) },
    { name: "search, a frequent word of one person", run: search("termin", { senderId: "person-51" }) },
    { name: "search, a frequent word in one conversation", run: search("termin", { conversationId: long }) },
    { name: "search, a rare word in one conversation", run: search("korrektur", { conversationId: long }) },
  ];
}

/** Neither rates nor queues: a search by itself. */
const unhindered: Pick<Deps, "limiter" | "searches"> = {
  limiter: { take: async () => 0 },
  searches: { run: (work) => work() },
};
const conversationTypes = mergeConversationTypes([]);
const halfAYearAgo = () => new Date(Date.now() - 183 * 86_400_000).toISOString();

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
