import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asUser, createStoreFixture, type StoreFixture } from "../../../../../tests/support/store-fixture.ts";
import { systemClock } from "../../platform/clock.ts";
import { mergeConversationTypes } from "../../platform/conversation-types.ts";
import { uuidV7 } from "../../platform/uuid.ts";
import { searchMessages } from "./search-messages.ts";
import { WordIndexer } from "./word-indexer.ts";

const conversationTypes = mergeConversationTypes([]);
const HOUR = 3_600_000;

let store: StoreFixture;
let now: number;
let id: string;
let count = 0;
beforeAll(async () => {
  store = await createStoreFixture();
});
afterAll(() => store.close());
beforeEach(async () => {
  now = Date.now();
  await store.sql("DELETE FROM message_words");
  await store.sql("DELETE FROM words_due");
  await store.sql("UPDATE words_swept SET until = '00000000-0000-0000-0000-000000000000'");
  id = await store.conversation(["ana", "ben"]);
});

/** A process of the server; its pauses are over at once. */
const start = () => {
  const clock = { ...systemClock, now: () => now, after: (_: number, done: () => void) => (done(), () => {}) };
  return new WordIndexer({ db: store.db, clock });
};

/** Appended that long ago, so far as its id says; nobody has heard of it. */
async function append(content: string, agoMs = 60_000): Promise<{ id: string; seq: number }> {
  const { seq = 0 } = (await store.append([{ conversationId: id, senderId: "ana", content }])).at(0) ?? {};
  const messageId = uuidV7(now - agoMs);
  await store.sql("UPDATE messages SET id = $1 WHERE conversation_id = $2 AND seq = $3", [messageId, id, seq]);
  return { id: messageId, seq };
}

const next = () => `term${(count += 1)}`;
const find = async (q: string) => {
  const searches = { run: <Result>(work: () => Promise<Result>) => work() };
  const deps = { db: store.db, limiter: { take: async () => 0 }, searches, conversationTypes };
  return (await searchMessages(deps, asUser("ben"), { q, limit: 20 })).hits.map(({ message }) => message.content);
};
const indexed = async (seq: number) =>
  (await store.sql("SELECT FROM message_words WHERE conversation_id = $1 AND seq = $2", [id, seq])).length;

describe("after a crash", () => {
  it("finds what was appended and not indexed", async () => {
    const term = next();
    await append(term);
    expect(await find(term)).toEqual([]);
    await start().sweepWhenDue();
    expect(await find(term)).toEqual([term]);
  });

  it("indexes a table of old messages step by step, and goes on where it was interrupted", async () => {
    const term = next();
    const texts = Array.from({ length: 2_500 }, (_, n) => ({
      conversationId: id,
      senderId: "ana",
      content: `${term} ${n}`,
    }));
    await store.append(texts);
    await store.sql(
      "UPDATE messages SET id = ('01900000-0000-7000-8000-' || lpad(to_hex(seq), 12, '0'))::uuid WHERE conversation_id = $1",
      [id],
    );
    const { db } = store;
    let steps = 0;
    const failing = {
      ...db,
      transaction: ((work) => (
        (steps += 1), steps > 2 ? Promise.reject(new Error("gone")) : db.transaction(work)
      )) as typeof db.transaction,
    };
    const clock = { ...systemClock, after: (_: number, done: () => void) => (done(), () => {}) };
    await expect(new WordIndexer({ db: failing, clock }).sweepWhenDue()).rejects.toThrow("gone");
    const count = async () =>
      (
        await store.sql<{ n: number }>("SELECT count(*)::int AS n FROM message_words WHERE conversation_id = $1", [id])
      )[0]?.n;
    expect(await count()).toBe(2_000);
    await start().sweepWhenDue();
    expect(await count()).toBe(2_500);
  });

  it("takes back the words of a text that was written by two at once", async () => {
    const term = next();
    const { seq } = await append(term);
    await start().sweepWhenDue();
    await store.sql("UPDATE message_words SET edited_at = now() WHERE seq = $1 AND conversation_id = $2", [seq, id]);
    expect(await find(term)).toEqual([]);
    await start().sweepWhenDue();
    expect(await find(term)).toEqual([term]);
  });

  it("looks again at what came in with a clock that was slow", async () => {
    await start().sweepWhenDue();
    const term = next();
    await append(term, 10 * 60_000);
    const indexer = start();
    await indexer.sweepWhenDue();
    expect(await find(term)).toEqual([term]);
    const later = next();
    await append(later);
    await indexer.sweepWhenDue();
    expect(await find(later)).toEqual([]);
    now += HOUR;
    await indexer.sweepWhenDue();
    expect(await find(later)).toEqual([later]);
  });

  it("looks again a minute after its first sweep: what the process before left was too young for it", async () => {
    const term = next();
    await append(term, 5_000);
    const indexer = start();
    await indexer.sweepWhenDue();
    expect(await find(term)).toEqual([]);
    now += 61_000;
    await indexer.sweepWhenDue();
    expect(await find(term)).toEqual([term]);
  });

  it("sweeps in one process at a time", async () => {
    const term = next();
    await append(term);
    await store.db.transaction(async (tx) => {
      await tx.query({ name: "hold", text: "SELECT FROM words_swept FOR UPDATE" }, []);
      await start().sweepWhenDue();
    });
    expect(await find(term)).toEqual([]);
  });
});

describe("what was changed", () => {
  it("is forgotten in the same commit, and found by its new words soon after", async () => {
    const [before, after] = [next(), next()];
    const { seq } = await append(before);
    await start().sweepWhenDue();
    await store.sql("UPDATE messages SET content = $3, edited_at = now() WHERE conversation_id = $1 AND seq = $2", [
      id,
      seq,
      after,
    ]);
    expect([await find(before), await find(after)]).toEqual([[], []]);
    await start().indexChanged();
    expect([await find(before), await find(after)]).toEqual([[], [after]]);
    expect(await store.sql("SELECT FROM words_due")).toEqual([]);
  });

  it("leaves nothing of itself when it was deleted, and comes back when it is restored", async () => {
    const term = next();
    const { seq } = await append(term);
    await start().sweepWhenDue();
    const remove = `UPDATE messages SET deleted_content = content, content = NULL, deleted_at = now() WHERE conversation_id = $1 AND seq = $2`;
    await store.sql(remove, [id, seq]);
    expect([await find(term), await indexed(seq)]).toEqual([[], 0]);
    await start().indexChanged();
    await start().sweepWhenDue();
    expect(await indexed(seq)).toBe(0);
    await store.sql(
      "UPDATE messages SET content = deleted_content, deleted_content = NULL, deleted_at = NULL WHERE conversation_id = $1 AND seq = $2",
      [id, seq],
    );
    await start().indexChanged();
    expect(await find(term)).toEqual([term]);
  });

  it("does not show the words of before when a slow batch brings them late", async () => {
    const [before, after] = [next(), next()];
    const { seq } = await append(before);
    await start().sweepWhenDue();
    const [late] = await store.sql("SELECT * FROM message_words WHERE conversation_id = $1 AND seq = $2", [id, seq]);
    await store.sql("UPDATE messages SET content = $3, edited_at = now() WHERE conversation_id = $1 AND seq = $2", [
      id,
      seq,
      after,
    ]);
    await store.sql("INSERT INTO message_words SELECT * FROM jsonb_populate_record(NULL::message_words, $1::jsonb)", [
      JSON.stringify(late),
    ]);
    expect(await find(before)).toEqual([]);
    await start().indexChanged();
    expect([await find(before), await find(after)]).toEqual([[], [after]]);
  });

  it("goes with messages that are purged", async () => {
    const { seq } = await append(next());
    await start().sweepWhenDue();
    await store.sql("DELETE FROM messages WHERE conversation_id = $1 AND seq = $2", [id, seq]);
    expect(await indexed(seq)).toBe(0);
  });
});

describe("what is changed while it is indexed", () => {
  const change = (seq: number, content: string) =>
    store.sql(
      "UPDATE messages SET content = $3, edited_at = now(), version = version + 1 WHERE conversation_id = $1 AND seq = $2",
      [id, seq, content],
    );
  const pause = () => new Promise((resolve) => setTimeout(resolve, 150));

  /** An indexer that stops before it writes words, while something else happens. */
  function interrupted(meanwhile: () => Promise<unknown>): WordIndexer {
    const stop =
      (query: typeof store.db.query): typeof store.db.query =>
      async (statement, values) => {
        if (statement.name === "write_words") await meanwhile();
        return query(statement, values);
      };
    const db = {
      ...store.db,
      query: stop(store.db.query),
      transaction: ((work) =>
        store.db.transaction((tx) => work({ query: stop(tx.query) }))) as typeof store.db.transaction,
    };
    const clock = { ...systemClock, now: () => now, after: (_: number, done: () => void) => (done(), () => {}) };
    return new WordIndexer({ db, clock });
  }

  it("waits for the indexer, which does not wait for it", async () => {
    const [before, after] = [next(), next()];
    const { seq } = await append(before);
    await start().sweepWhenDue();
    await store.sql("UPDATE message_words SET edited_at = now() WHERE conversation_id = $1 AND seq = $2", [id, seq]);
    await store.sql("INSERT INTO words_due VALUES ($1, $2)", [id, seq]);
    let changing: Promise<unknown> | undefined;
    const indexer = interrupted(async () => {
      changing ??= change(seq, after);
      changing.catch(() => {});
      await pause();
    });
    await indexer.indexChanged();
    await changing;
    expect([await find(before), await find(after)]).toEqual([[], []]);
    await start().indexChanged();
    expect([await find(before), await find(after)]).toEqual([[], [after]]);
  });

  it("is found by its newer words, however late a slow indexer comes with the older ones", async () => {
    const [before, after] = [next(), next()];
    const { seq } = await append(before);
    const slow = interrupted(async () => {
      await change(seq, after);
      await start().indexChanged();
    });
    slow.appended({ conversationId: id, seq } as never);
    await slow.indexAppended();
    expect([await find(before), await find(after)]).toEqual([[], [after]]);
  });

  it("leaves no words when it was deleted before a slow indexer wrote them", async () => {
    const { seq } = await append(next());
    const slow = interrupted(async () => {
      await store.sql(
        "UPDATE messages SET content = NULL, deleted_at = now() WHERE conversation_id = $1 AND seq = $2",
        [id, seq],
      );
      await start().indexChanged();
    });
    slow.appended({ conversationId: id, seq } as never);
    await slow.indexAppended();
    expect(await indexed(seq)).toBe(0);
  });

  it("keeps its newer words from an indexer that waited at them for the older ones", async () => {
    const [before, after] = [next(), next()];
    const { seq } = await append(before);
    await start().sweepWhenDue();
    // The words are wrong, so that the next one writes them again.
    await store.sql("UPDATE message_words SET edited_at = now() WHERE conversation_id = $1 AND seq = $2", [id, seq]);
    let waiting: Promise<unknown> | undefined;
    await store.db.transaction(async (tx) => {
      const run = (text: string, values: unknown[]) => tx.query({ name: text.slice(0, 40), text }, values);
      await run("SELECT FROM message_words WHERE conversation_id = $1 AND seq = $2 FOR UPDATE", [id, seq]);
      const slow = start();
      slow.appended({ conversationId: id, seq } as never);
      waiting = slow.indexAppended();
      await pause();
      await run(
        "UPDATE messages SET content = $3, edited_at = now(), version = version + 1 WHERE conversation_id = $1 AND seq = $2",
        [id, seq, after],
      );
      await run("DELETE FROM words_due WHERE conversation_id = $1 AND seq = $2", [id, seq]);
      await run(
        `INSERT INTO message_words (conversation_id, created_at, seq, edited_at, words, version)
         SELECT conversation_id, created_at, seq, edited_at, word_forms($3), version FROM messages
         WHERE conversation_id = $1 AND seq = $2`,
        [id, seq, after],
      );
    });
    await waiting;
    expect([await find(before), await find(after)]).toEqual([[], [after]]);
  });
});

describe("the queue", () => {
  it("takes so many, and leaves the rest to a sweep", async () => {
    const indexer = start();
    await indexer.sweepWhenDue();
    const term = next();
    const { seq } = await append(term);
    for (let n = 0; n < 20_000; n += 1) indexer.appended({ conversationId: id, seq: 1_000_000 + n } as never);
    indexer.appended({ conversationId: id, seq } as never);
    await indexer.sweepWhenDue();
    expect(await find(term)).toEqual([]);
    for (let n = 0; n < 100; n += 1) await indexer.indexAppended();
    await indexer.sweepWhenDue();
    expect(await find(term)).toEqual([term]);
  });

  it("gives way to messages for as long as it is not far behind them", async () => {
    const pauses: number[] = [];
    const clock = {
      ...systemClock,
      now: () => now,
      after: (ms: number, done: () => void) => (pauses.push(ms), done(), () => {}),
    };
    const db = { ...store.db, query: (async () => (await sleep(20), [])) as typeof store.db.query };
    const indexer = new WordIndexer({ db, clock });
    const lagBy = async (ms: number) => {
      for (let n = 0; n < 201; n += 1) indexer.appended({ conversationId: id, seq: n } as never);
      now += ms;
      await indexer.indexAppended();
      await indexer.indexAppended();
      return pauses.splice(0)[0] ?? 0;
    };
    // Each batch took twenty milliseconds, or somewhat more.
    expect(await lagBy(0)).toBeGreaterThan(150);
    const late = await lagBy(60_000);
    expect(late).toBeGreaterThan(15);
    expect(late).toBeLessThan(150);
  });

  it("tries again what could not be written, though it is too young for a sweep", async () => {
    const clock = { ...systemClock, now: () => now, after: (_: number, done: () => void) => (done(), () => {}) };
    const db = { ...store.db };
    const indexer = new WordIndexer({ db, clock });
    await indexer.sweepWhenDue();
    const term = next();
    const { seq } = await append(term);
    indexer.appended({ conversationId: id, seq } as never);
    db.query = () => Promise.reject(new Error("gone"));
    await expect(indexer.indexAppended()).rejects.toThrow("gone");
    db.query = store.db.query;
    await indexer.indexAppended();
    expect(await find(term)).toEqual([term]);
  });
});
