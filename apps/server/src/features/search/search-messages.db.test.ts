import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asUser, createStoreFixture, type StoreFixture } from "../../../../../tests/support/store-fixture.ts";
import type { Deps } from "../../deps.ts";
import { mergeConversationTypes } from "../../platform/conversation-types.ts";
import { systemClock } from "../../platform/clock.ts";
import { deleteParticipant, insertParticipants } from "../participants/store.ts";
import { searchMessages } from "./search-messages.ts";
import { WordIndexer } from "./word-indexer.ts";

let store: StoreFixture;
let indexer: WordIndexer;
beforeAll(async () => {
  store = await createStoreFixture();
  indexer = new WordIndexer({ db: store.db, clock: { ...systemClock, after: (_, done) => (done(), () => {}) } });
});
afterAll(() => store.close());

const conversationTypes = mergeConversationTypes([]);
const unhindered: Pick<Deps, "limiter" | "searches"> = {
  limiter: { take: async () => 0 },
  searches: { run: (work) => work() },
};

type Asked = Partial<Parameters<typeof searchMessages>[2]>;
const search = (who: string, q: string, more: Asked = {}) =>
  searchMessages({ ...unhindered, db: store.db, conversationTypes }, asUser(who), { q, limit: 20, ...more });

/** What was found, newest first. */
const find = async (who: string, q: string, more: Asked = {}) =>
  (await search(who, q, more)).hits.map(({ message }) => message.content);

/** Says it, and waits for the index. */
async function say(conversationId: string, senderId: string | null, ...texts: string[]) {
  const batch = texts.map((content) => ({ conversationId, senderId, content, byHost: senderId === null }));
  const rows = await store.append(batch);
  for (const { seq } of rows) indexer.appended({ conversationId, seq } as never);
  await indexer.indexAppended();
  return rows;
}

describe("what is found", () => {
  let id: string;
  beforeAll(async () => {
    id = await store.conversation(["ana", "ben"]);
    await say(
      id,
      "ana",
      "Die Rechnungen für die Straße liegen bei.",
      "We were running late with the deliveries.",
      "Schöne Grüße aus Übersee!",
      "Order A-1042 und/oder B-7",
      "Mail to ben@example.com, see https://shop.example/katalog?seite=3",
      "Emoji 👩‍💻🎉 zwischen Worten",
      "Привет, Борис",
      "decomposed: u\u0308bermut",
      "don't worry",
    );
  });

  it.each([
    ["a word", "rechnungen", 1],
    ["the singular of a plural, German", "Rechnung", 1],
    ["the plural of a singular, German", "Grüßen", 1],
    ["another form, English", "runs", 1],
    ["another form, English, the other way", "delivery", 1],
    ["the beginning of a word", "überse", 1],
    ["without umlauts", "uberse", 1],
    ["ß as ss", "strasse", 1],
    ["capitals", "SCHÖNE", 1],
    ["an umlaut of two signs", "übermut", 1],
    ["two words in any order", "übersee schöne", 1],
    ["two words of two messages", "übersee rechnung", 0],
    ["a number in a name", "a-1042", 1],
    ["behind a slash and a dash", "order b-7", 1],
    ["part of an address", "katalog", 1],
    ["part of a mail address", "ben@example", 1],
    ["another script", "бор", 1],
    ["the middle of a word", "echnung", 0],
    ["a stop word among others", "die rechnung", 1],
    ["an emoji alone", "🎉🎉", 0],
    ["an apostrophe", "don't worry", 1],
  ])("%s: %s", async (_, q, count) => {
    expect(await find("ben", q)).toHaveLength(count);
  });

  it.each([
    "''",
    "'; DROP TABLE messages; --",
    "a & b | !c",
    ":*",
    "rechnung:*",
    "rechnung & (",
    "\\",
    "<->",
    "'rechnung'",
    "%_%",
    "@ana",
    "$1 $2",
    "((((((((((",
    "x".repeat(200),
    "ab ".repeat(66),
    "\u{1F600}".repeat(100),
    "ﬁ ½ ① İ ẞ",
  ])("takes %j for plain words", async (q) => {
    await expect(search("ben", q)).resolves.toMatchObject({ nextCursor: null });
  });

  it("marks the words that were found, also in another form", async () => {
    const [hit] = (await search("ben", "rechnung strass")).hits;
    expect(hit?.excerpt).toEqual([
      { text: "Die ", hit: false },
      { text: "Rechnungen", hit: true },
      { text: " für die ", hit: false },
      { text: "Straße", hit: true },
      { text: " liegen bei.", hit: false },
    ]);
    const [running] = (await search("ben", "runs")).hits;
    expect(running?.excerpt.filter((piece) => piece.hit)).toEqual([{ text: "running", hit: true }]);
  });
});

describe("who finds what", () => {
  it("is theirs alone: outsiders and those who were removed find nothing, those who came back do", async () => {
    const id = await store.conversation(["ana", "ben", "carl"]);
    await say(id, "ana", "secret heron");
    expect(await find("carl", "heron")).toEqual(["secret heron"]);
    expect(await find("outsider", "heron")).toEqual([]);
    await expect(find("outsider", "heron", { conversationId: id })).rejects.toMatchObject({ code: "not_found" });
    await store.db.transaction((tx) => tx.query(deleteParticipant, [id, "carl", false]));
    expect(await find("carl", "heron")).toEqual([]);
    await expect(find("carl", "heron", { conversationId: id })).rejects.toMatchObject({ code: "not_found" });
    await store.db.transaction((tx) => tx.query(insertParticipants, [id, ["carl"], ["member"], 9]));
    expect(await find("carl", "heron")).toEqual(["secret heron"]);
    for (const unknown of ["no-uuid", "01932c9f-7a4b-7000-8000-000000000000"]) {
      await expect(find("ana", "heron", { conversationId: unknown })).rejects.toMatchObject({ code: "not_found" });
    }
  });

  it("is of one conversation, of one sender, of a time", async () => {
    const [here, there] = [
      await store.conversation(["ana", "o'neil\\", "ben"]),
      await store.conversation(["ana", "ben"]),
    ];
    await say(here, "ana", "kestrel one");
    await say(here, "o'neil\\", "kestrel two");
    await say(there, "ben", "kestrel three");
    await say(there, null, "kestrel of the house");
    expect(await find("ana", "kestrel")).toHaveLength(4);
    expect(await find("ana", "kestrel", { conversationId: here })).toEqual(["kestrel two", "kestrel one"]);
    expect(await find("ana", "kestrel", { senderId: "o'neil\\" })).toEqual(["kestrel two"]);
    expect(await find("ana", "kestrel", { senderId: "nobody" })).toEqual([]);
    expect(await find("ana", "kestrel", { senderId: "' | 'x" })).toEqual([]);
    const shift = "UPDATE %s SET created_at = $1 WHERE conversation_id = $2 AND seq = 1";
    for (const table of ["messages", "message_words"]) {
      await store.sql(shift.replace("%s", table), ["2020-03-01T12:00:00.000Z", here]);
    }
    const from = "2020-03-01T12:00:00.000Z";
    expect(await find("ana", "kestrel", { to: "2021-01-01T00:00:00.000Z" })).toEqual(["kestrel one"]);
    expect(await find("ana", "kestrel", { from, to: "2020-03-01T12:00:00.001Z" })).toEqual(["kestrel one"]);
    expect(await find("ana", "kestrel", { to: from })).toEqual([]);
    expect(await find("ana", "kestrel", { from: "2020-03-01T12:00:00.001Z" })).toHaveLength(3);
  });
});

describe("pages", () => {
  /** All pages one after the other. */
  async function walk(q: string, limit: number, more: Asked = {}): Promise<string[]> {
    const found: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const { hits, nextCursor } = await search("walker", q, {
        ...more,
        limit,
        ...(cursor !== undefined && { cursor }),
      });
      found.push(...hits.map(({ message }) => message.id));
      if (nextCursor === null) return found;
      cursor = nextCursor;
    }
  }

  it.each([
    // The walk fills the pages; it begins them; the index of words answers alone.
    ["frequent", "osprey", 1, 281],
    ["less frequent", "plover", 20, 12],
    ["rare", "shrike", 60, 4],
  ])(
    "of a %s word hold every hit once, newest first, also among messages of one moment",
    async (_, word, every, hits) => {
      const ids = await Promise.all(Array.from({ length: 45 }, () => store.conversation(["walker"])));
      const texts = Array.from({ length: 60 }, (_, n) => (n % every === 0 ? word : `gull ${n}`));
      for (const id of ids.slice(0, 4)) await say(id, "walker", ...texts);
      for (const id of ids.slice(4)) await say(id, "walker", every === 1 ? word : "gull", "gull");
      for (const table of ["messages", "message_words"]) {
        await store.sql(`UPDATE ${table} SET created_at = date_trunc('second', created_at)`);
      }
      await store.sql("ANALYZE message_words");
      const all = await store.sql<{ id: string }>(
        "SELECT id FROM messages WHERE content = $1 ORDER BY created_at DESC, conversation_id DESC, seq DESC",
        [word],
      );
      const expected = all.map(({ id }) => id);
      expect(expected).toHaveLength(hits);
      expect(await walk(word, 7)).toEqual(expected);
      expect(await walk(word.slice(0, 4), 50)).toEqual(expected);
    },
  );

  it("refuse a cursor that is none", async () => {
    for (const cursor of ["", "x", "bm9wZQ", Buffer.from("2026-01-01T00:00:00.000Z x 1").toString("base64url")]) {
      await expect(search("ana", "word", { cursor })).rejects.toMatchObject({ code: "invalid_request" });
    }
  });
});

describe("how often", () => {
  it("is said by the type of the conversation, and by the strictest of all types over all conversations", async () => {
    const id = await store.conversation(["ana"]);
    const taken: unknown[] = [];
    const limiter = {
      take: async (key: string, rate: unknown) => (taken.push([key, rate]), taken.length > 2 ? 1_500 : 0),
    };
    const types = mergeConversationTypes([
      {
        conversationTypes: {
          order: { searchRate: { count: 1, seconds: 60 } },
          gig: { searchRate: null },
          group: { searchRate: { count: 3, seconds: 30 } },
        },
      },
    ]);
    const ask = (more: Asked) =>
      searchMessages({ ...unhindered, db: store.db, limiter, conversationTypes: types }, asUser("ana"), {
        q: "x y",
        limit: 5,
        ...more,
      });
    await ask({ conversationId: id });
    await ask({});
    expect(taken).toEqual([
      ["search:group:ana", { count: 3, seconds: 30 }],
      ["search::ana", { count: 1, seconds: 60 }],
    ]);
    await expect(ask({})).rejects.toMatchObject({ code: "rate_limited", details: { retryAfterMs: 1_500 } });
  });
});
