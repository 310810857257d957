import type { Message, ParsedQuery, SearchHit, SearchResult } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import type { UserActor } from "../auth/actor.ts";
import { type MessageRow, presentMessage } from "../conversations/present-message.ts";
import { findWords, foldWords } from "./fold-words.ts";
import { makeExcerpt } from "./make-excerpt.ts";
import { requireSearchRate } from "./require-search-rate.ts";
import { placeBefore, readSearchCursor, type SearchPlace, storableTime, writeSearchCursor } from "./search-place.ts";
import { findForms, findMessages, type FoundRow } from "./store.ts";

/** More words than that do not count. */
const WORDS = 8;
/** Words of the hits that PostgreSQL is asked about, so that marking costs little whatever the messages hold. */
const CANDIDATES = 500;
/** A page of which nothing is left, because all of it was changed this moment, is followed by the next one so often. */
const EMPTY_PAGES = 3;

type SearchDeps = Pick<Deps, "db" | "limiter" | "conversationTypes">;

/**
 * Messages of the actor's conversations that hold all of the words, newest first.
 * @throws AppError `not_found` when the actor does not take part in the conversation, `rate_limited`, `invalid_request` for
 *   a foreign cursor
 */
export async function searchMessages(
  deps: SearchDeps,
  actor: UserActor,
  query: ParsedQuery<"search">,
): Promise<SearchResult> {
  let before = beginningOf(query);
  await requireSearchRate(deps, actor, query.conversationId);
  const words = foldWords(query.q).slice(0, WORDS);
  if (words.length === 0) return { hits: [], nextCursor: null };
  for (let pages = 1; ; pages += 1) {
    const page = await readPage(deps, actor, { query, words, before });
    const { next } = page;
    if (page.messages.length > 0 || next === null || pages === EMPTY_PAGES) {
      return {
        hits: await withExcerpts(deps, page.messages, words),
        nextCursor: next === null ? null : writeSearchCursor(next),
      };
    }
    before = next;
  }
}

/** Behind the page before, and before the time that was asked for. */
function beginningOf({ cursor, to }: ParsedQuery<"search">): SearchPlace | null {
  const places = [
    ...(cursor === undefined ? [] : [readSearchCursor(cursor)]),
    ...(to === undefined ? [] : [placeBefore(to)]),
  ];
  return places.sort((one, other) => Date.parse(one.at) - Date.parse(other.at))[0] ?? null;
}

interface PageRequest {
  readonly query: ParsedQuery<"search">;
  readonly words: readonly string[];
  readonly before: SearchPlace | null;
}

async function readPage(
  { db }: Pick<Deps, "db">,
  actor: UserActor,
  { query, words, before }: PageRequest,
): Promise<{ messages: Message[]; next: SearchPlace | null }> {
  const { senderId, conversationId, from, limit } = query;
  const place = [before?.at, before?.conversationId, before?.seq];
  // pg writes undefined as null: any.
  const values = [actor.userId, words, senderId, conversationId, from && storableTime(from), ...place, limit + 1];
  const rows = await db.readAs(actor.userId, findMessages, values);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    messages: page.filter(isMessage).map(presentMessage),
    next: last ? { at: last.found_at, conversationId: last.found_conversation_id, seq: last.found_seq } : null,
  };
}

const isMessage = (row: FoundRow): row is FoundRow & MessageRow => row.id !== null;

/** Beginnings are seen here; which other words are forms of those that were looked for, PostgreSQL knows. */
async function withExcerpts(
  { db }: Pick<Deps, "db">,
  messages: readonly Message[],
  words: readonly string[],
): Promise<SearchHit[]> {
  const begins = (word: string) => words.some((wanted) => word.startsWith(wanted));
  // A stem begins as its word does.
  const mayBeForm = (word: string) => words.some((wanted) => word[0] === wanted[0]) && !begins(word);
  const candidates = new Set(
    messages.flatMap(({ content }) => findWords(content ?? "").map(({ word }) => word)).filter(mayBeForm),
  );
  const rows = candidates.size === 0 ? [] : await db.query(findForms, [[...candidates].slice(0, CANDIDATES), words]);
  const forms = new Set(rows.map(({ word }) => word));
  return messages.map((message) => ({
    message,
    excerpt: makeExcerpt(message.content ?? "", (word) => begins(word) || forms.has(word)),
  }));
}
