import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Explained, explainCall } from "../support/explain-call.ts";
import { A_MILLION, fillMessages } from "../support/fill-messages.ts";
import { type ReadCall, readCalls } from "../support/read-calls.ts";
import { createStoreFixture, type StoreFixture } from "../support/store-fixture.ts";

/** Pages of 8 KiB that a call may look at, in all its statements: somewhat more than it does. */
const PAGES: Readonly<Record<string, number>> = {
  "history, newest 50": 250,
  "history, 50 before": 250,
  "history, 50 around": 250,
  "one conversation": 60,
  "inbox, page of 30": 3_000,
  "inbox, page of 100": 5_500,
  "inbox, 30 unread": 4_200,
  "inbox, page of 30, unread first": 4_200,
  "inbox, 30 that are not archived": 3_000,
  "inbox, the archive": 2_500,
  "unread of all": 3_000,
  "sync, nothing new": 4_000,
  "sync, 50 with 3 new": 6_500,
  "sync, from nothing": 6_500,
  "search, a word of every second message": 5_000,
  "search, a word of every fifth message": 5_000,
  "search, a word of 1 in 20 messages": 6_000,
  "search, a word of 1 in 100 messages": 8_000,
  "search, a word of 1 in 1,000 messages": 500,
  "search, a word of 1 in 4,000 messages": 4_500,
  "search, a word that others use often": 11_500,
  "search, a word that nobody uses": 150,
  "search, two letters": 6_000,
  "search, three words": 6_000,
  "search, a frequent word half a year ago": 5_500,
  "search, a frequent word of one person": 600,
  "search, a frequent word in one conversation": 500,
  "search, a rare word in one conversation": 300,
};

/** The person holds 1,000 conversations with 3 people each: what is far above that was looked at in vain. */
const ROWS = 3_500;

describe("reads at a million messages, for a person with a thousand conversations", () => {
  let store: StoreFixture;
  let calls: ReadCall[];
  beforeAll(async () => {
    store = await createStoreFixture();
    await fillMessages((sql) => store.sql(sql), A_MILLION);
    calls = await readCalls(store.db, A_MILLION);
  }, 480_000);
  afterAll(() => store.close());

  const explained = (name: string): Promise<Explained[]> => {
    const call = calls.find((one) => one.name === name);
    if (call === undefined) throw new Error(`There is no call ${name}.`);
    return explainCall(store.db, call);
  };

  it("covers every call", () => {
    expect(calls.map(({ name }) => name)).toEqual(Object.keys(PAGES));
  });

  it.each(Object.entries(PAGES))("%s reads few pages, along indexes, and nothing in vain", async (name, pages) => {
    const statements = await explained(name);
    expect(statements.length).toBeGreaterThan(0);
    for (const { statement, nodes } of statements) {
      const scanned = nodes.filter((node) => node["Node Type"].endsWith("Seq Scan"));
      expect(`${statement}: ${scanned.map((node) => node["Relation Name"]).join()}`).toBe(`${statement}: `);
      // Rows of all loops together, those that were thrown away too: a nested loop gone wrong shows here.
      const most = Math.max(...nodes.map(rowsOf));
      expect(`${statement} looks at ${most > ROWS ? most : "few"} rows`).toBe(`${statement} looks at few rows`);
    }
    expect(statements.reduce((sum, { buffers }) => sum + buffers, 0)).toBeLessThan(pages);
  });
});

const rowsOf = (node: Explained["nodes"][number]): number =>
  (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Join Filter"] ?? 0)) *
  node["Actual Loops"];
