import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asUser, createStoreFixture, type StoreFixture } from "../../../../../tests/support/store-fixture.ts";
import { mergeConversationTypes } from "../../platform/conversation-types.ts";
import { systemClock } from "../../platform/clock.ts";
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
const unlimited = { take: async () => 0 };

type Asked = Partial<Parameters<typeof searchMessages>[2]>;
const search = (who: string, q: string, more: Asked = {}) =>
  searchMessages({ db: store.db, limiter: unlimited, conversationTypes }, asUser(who), { q, limit: 20, ...more });

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
