import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asUser, createStoreFixture, type StoreFixture } from "../../../../../tests/support/store-fixture.ts";
import { systemClock } from "../../platform/clock.ts";
import { mergeConversationTypes } from "../../platform/conversation-types.ts";
import { PacedQueue } from "../../platform/limits/paced-queue.ts";
import { type SearchEffort, searchMessages } from "./search-messages.ts";
import { WordIndexer } from "./word-indexer.ts";

let store: StoreFixture;
const deps = () => ({
  db: store.db,
  limiter: { take: async () => 0 },
  searches: { run: <Result>(work: () => Promise<Result>) => work() },
  conversationTypes: mergeConversationTypes([]),
});
type Query = Partial<Parameters<typeof searchMessages>[2]>;
const search = (q: string, more: Query, effort?: SearchEffort) =>
  searchMessages(deps(), asUser("walker"), { q, limit: 20, ...more }, effort);

const index = async (conversationId: string, seqs: readonly number[]) => {
  const indexer = new WordIndexer({ db: store.db, clock: { ...systemClock, after: (_, done) => (done(), () => {}) } });
  for (const seq of seqs) indexer.appended({ conversationId, seq } as never);
  for (let n = 0; n < seqs.length; n += 100) await indexer.indexAppended();
};

const SEED = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
let state = SEED;
const random = () => (state = (state * 48_271 + 11) % 2_147_483_647) / 2_147_483_647;

/** Of very different length; those of somebody else alone say "foreign". */
async function fill(): Promise<void> {
  const small = Array.from({ length: 60 }, (_, n) => 1 + (n % 3));
  for (const length of [200, 90, 51, 50, 49, 20, ...small]) await say(["walker"], length, ["often", "seldom", "elm"]);
  for (const length of [200, 90, 51]) await say(["stranger"], length, ["often", "foreign", "elm"]);
  // Many of the same moment, in no order of conversations.
  await store.sql(`UPDATE messages SET created_at = timestamptz '2026-01-01'
    + interval '1 minute' * floor(60 * abs(hashtext(conversation_id::text || seq / 5)::bigint) / 2147483648.0)`);
  await store.sql(`UPDATE message_words w SET created_at = m.created_at FROM messages m
    WHERE m.conversation_id = w.conversation_id AND m.seq = w.seq`);
  await store.sql("ANALYZE message_words");
}

async function say(people: readonly string[], length: number, [often, rather, other]: readonly string[]) {
  const conversationId = await store.conversation(people);
  const text = () => `${random() < 0.3 ? often : other} ${random() < 0.1 ? rather : other} oak`;
  const batch = Array.from({ length }, () => ({ conversationId, senderId: people[0] ?? null, content: text() }));
  const rows = await store.append(batch);
  await index(
    conversationId,
    rows.map(({ seq }) => seq),
  );
}

beforeAll(async () => {
  store = await createStoreFixture();
  await fill();
});
afterAll(() => store.close());

/** What lies there, found without any index. */
async function scan(words: readonly string[], more: Query = {}): Promise<string[]> {
  const rows = await store.sql<{ id: string }>(
    `SELECT m.id FROM messages m JOIN participants p ON p.conversation_id = m.conversation_id AND p.user_id = 'walker'
     WHERE string_to_array(m.content, ' ') @> $1 AND m.created_at >= coalesce($2, '-infinity'::timestamptz)
       AND m.created_at < coalesce($3, 'infinity'::timestamptz) AND m.conversation_id = coalesce($4, m.conversation_id)
     ORDER BY m.created_at DESC, m.conversation_id DESC, m.seq DESC`,
    [words, more.from, more.to, more.conversationId],
  );
  return rows.map(({ id }) => id);
}

/** All pages one after the other. */
async function walk(q: string, more: Query, effort?: SearchEffort): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = [];
  let pages = 0;
  for (let cursor: string | undefined; ; ) {
    const { hits, nextCursor } = await search(q, { ...more, ...(cursor !== undefined && { cursor }) }, effort);
    ids.push(...hits.map(({ message }) => message.id));
    pages += 1;
    if (nextCursor === null) return { ids, pages };
    cursor = nextCursor;
  }
}

/** However rare a word is: always the walk, or always the index. */
const walks = (messages: number): SearchEffort => ({ rare: -1, messages });
const looksUp: SearchEffort = { rare: 1_000_000, messages: 1 };

describe(`pages that cost a bounded amount (seed ${SEED})`, () => {
  const questions = [["often"], ["seldom"], ["often", "seldom"], ["oak"], ["foreign"], ["oak", "foreign"]];
  const narrow = { from: "2026-01-01T00:20:00.000Z", to: "2026-01-01T00:40:00.000Z" };

  it.each([walks(1), walks(60), walks(10_000), looksUp])(
    "hold what lies there, each once, newest first: %j",
    async (effort) => {
      for (const words of questions) {
        for (const limit of [7, 50]) {
          const q = words.join(" ");
          expect([q, limit, (await walk(q, { limit }, effort)).ids]).toEqual([q, limit, await scan(words)]);
        }
        expect((await walk(words.join(" "), narrow, effort)).ids).toEqual(await scan(words, narrow));
      }
    },
    60_000,
  );

  it("hold it in one conversation too", async () => {
    const [long] = await store.sql<{ id: string }>(
      `SELECT c.id FROM conversations c JOIN participants p ON p.conversation_id = c.id AND p.user_id = 'walker'
       ORDER BY c.last_seq DESC LIMIT 1`,
    );
    const conversationId = long?.id ?? "";
    for (const effort of [walks(1), walks(60), looksUp]) {
      const { ids } = await walk("often", { conversationId, limit: 7 }, effort);
      expect(ids).toEqual(await scan(["often"], { conversationId }));
    }
  });

  it("end before they are full, and say where to go on, when so many messages were looked at in vain", async () => {
    const mine = (await scan(["oak"])).length;
    const { ids, pages } = await walk("elm foreign", {}, walks(60));
    expect(ids).toEqual(await scan(["elm", "foreign"]));
    expect(pages).toBeGreaterThan(2);
    expect(pages).toBeLessThan(mine / 40);
    const first = await search("elm foreign", {}, walks(1));
    expect(first).toEqual({ hits: [], nextCursor: expect.any(String) });
  });
});

describe("what is asked", () => {
  it("takes one letter as a word, and two as the beginning of one", async () => {
    const id = await store.conversation(["walker"]);
    const rows = await store.append(
      ["plan b", "plan backwards", "plan ba"].map((content) => ({ conversationId: id, senderId: "walker", content })),
    );
    await index(
      id,
      rows.map(({ seq }) => seq),
    );
    const find = async (q: string) => (await search(q, {})).hits.map(({ message }) => message.content);
    expect(await find("b plan")).toEqual(["plan b"]);
    expect(await find("ba plan")).toEqual(["plan ba", "plan backwards"]);
    const [hit] = (await search("b plan", {})).hits;
    expect(hit?.excerpt.filter((piece) => piece.hit).map(({ text }) => text)).toEqual(["plan", "b"]);
  });

  it("counts up to eight words, and marks by the first 500 words of the hits", async () => {
    const id = await store.conversation(["walker"]);
    const words = ["zeta", "eta", "theta", "iota", "kappa", "lambda", "omega", "sigma"];
    // 600 words that begin as one of the question does, then a form of it, which only PostgreSQL knows to be one.
    const filler = Array.from({ length: 600 }, (_, n) => `r${n.toString(36).padStart(3, "0")}q`);
    const text = `${words.join(" ")} ${filler.join(" ")} running`;
    const short = "short: we were running";
    const rows = await store.append(
      [text, short].map((content) => ({ conversationId: id, senderId: "walker", content })),
    );
    await index(
      id,
      rows.map(({ seq }) => seq),
    );
    expect((await search([...words, "missing"].join(" "), { conversationId: id })).hits).toHaveLength(1);
    expect((await search(["missing", ...words].join(" "), { conversationId: id })).hits).toHaveLength(0);
    const asked: number[] = [];
    const { query } = store.db;
    store.db.query = (statement, values) => {
      if (statement.name === "find_forms") asked.push((values[0] as unknown[]).length);
      return query(statement, values);
    };
    const { hits } = await search("runs", { conversationId: id });
    store.db.query = query;
    expect(asked).toEqual([500]);
    // Of the newest hits first.
    expect(hits[0]?.excerpt.filter((piece) => piece.hit).map(({ text }) => text)).toEqual(["running"]);
    expect(hits.map(({ message }) => message.content)).toEqual([short, text]);
  });
});

describe("many at once", () => {
  it("wait in a queue, and are told when to come again when it is full", async () => {
    const pace = { atOnce: 1, restMs: 0, restShare: 0, waiting: 1, longestWaitMs: 10_000 };
    const limited = { ...deps(), searches: new PacedQueue(systemClock, pace) };
    const ask = () => searchMessages(limited, asUser("walker"), { q: "oak", limit: 1 });
    const outcomes = await Promise.allSettled([ask(), ask(), ask()]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(outcomes[2]).toMatchObject({
      reason: { code: "overloaded", details: { retryAfterMs: expect.any(Number) } },
    });
  });
});
