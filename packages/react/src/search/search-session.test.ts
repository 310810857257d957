import { ChatError, type SearchRequest } from "@parley/client";
import type { SearchHit, SearchResult } from "@parley/protocol";
import { problemOf } from "@parley/testkit";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SearchSession } from "./search-session.ts";

const hit = { message: { id: "m" }, excerpt: [] } as unknown as SearchHit;
const empty = (nextCursor: string | null): SearchResult => ({ hits: [], nextCursor });

let answers: (SearchResult | Error)[];
let asked: (string | undefined)[];
const client = {
  search: async ({ cursor }: SearchRequest) => {
    asked.push(cursor);
    const answer = answers.shift() ?? empty(null);
    if (answer instanceof Error) throw answer;
    return answer;
  },
};
const pause = () => vi.advanceTimersByTimeAsync(400);

beforeEach(() => {
  vi.useFakeTimers();
  answers = [];
  asked = [];
});
afterEach(() => vi.useRealTimers());

it("goes on by itself behind pages on which nothing was found", async () => {
  const session = new SearchSession(client);
  answers = [empty("one"), empty("two"), { hits: [hit], nextCursor: "three" }];
  session.ask({ q: "lamp" });
  await pause();
  expect(asked).toEqual([undefined, "one", "two"]);
  expect(session.getState()).toMatchObject({ status: "shown", hits: [hit], hasMore: true });
});

it("leaves it to the reader after three of them, and goes on from there", async () => {
  const session = new SearchSession(client);
  answers = [empty("one"), empty("two"), empty("three"), { hits: [hit], nextCursor: null }];
  session.ask({ q: "lamp" });
  await pause();
  expect(session.getState()).toMatchObject({ status: "shown", hits: [], hasMore: true });
  session.loadMore();
  await pause();
  expect(asked).toEqual([undefined, "one", "two", "three"]);
  expect(session.getState()).toMatchObject({ status: "shown", hits: [hit], hasMore: false });
});

it("waits while the server has too many searches, of one person or of all", async () => {
  for (const code of ["rate_limited", "overloaded"] as const) {
    const session = new SearchSession(client);
    answers = [new ChatError(code, problemOf(code, { retryAfterMs: 2_000 })), { hits: [hit], nextCursor: null }];
    session.ask({ q: code });
    await pause();
    expect(session.getState().status).toBe("waiting");
    await vi.advanceTimersByTimeAsync(2_100);
    expect(session.getState()).toMatchObject({ status: "shown", hits: [hit] });
  }
});
