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

/** How much one statement of a search may cost; measured in docs/decisions/search.md. */
export interface SearchEffort {
  /** A word in no more messages of the database is looked up in the index of words. */
  readonly rare: number;
  /** Otherwise about so many of the actor's messages are looked through for one page. */
  readonly messages: number;
}

const usualEffort: SearchEffort = { rare: 10_000, messages: 5_000 };

type SearchDeps = Pick<Deps, "db" | "limiter" | "searches" | "conversationTypes">;

/**
 * Messages of the actor's conversations that hold all of the words, newest first. A page may be short, even empty, and yet
 * not the last one: where frequent words are hardly to be found among the actor's messages, each page looks through a part
 * of them. Only `nextCursor: null` says that there is nothing more.
 * @throws AppError `not_found` when the actor does not take part in the conversation, `rate_limited`, `overloaded`,
 *   `invalid_request` for a foreign cursor
 */
export async function searchMessages(
  deps: SearchDeps,
  actor: UserActor,
  query: ParsedQuery<"search">,
  effort = usualEffort,
): Promise<SearchResult> {
  const before = beginningOf(query);
  await requireSearchRate(deps, actor, query.conversationId);
  const words = foldWords(query.q).slice(0, WORDS);
  if (words.length === 0) return { hits: [], nextCursor: null };
  return deps.searches.run(() => readResult(deps, actor, { query, words, before, effort }));
}

/** Goes on behind a page of which nothing is left. */
async function readResult(deps: Pick<Deps, "db">, actor: UserActor, request: PageRequest): Promise<SearchResult> {
  for (let { before } = request, pages = 1; ; pages += 1) {
    const { messages, next, isVain } = await readPage(deps, actor, { ...request, before });
    if (next === null || !isVain || pages === EMPTY_PAGES) {
      return {
        hits: await withExcerpts(deps, messages, request.words),
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
  readonly effort: SearchEffort;
}

interface Page {
  readonly messages: Message[];
  /** Where the next page begins; null: there is none. */
  readonly next: SearchPlace | null;
  /** Words were found, but no message is as it was when they were written. */
  readonly isVain: boolean;
}

async function readPage(
  { db }: Pick<Deps, "db">,
  actor: UserActor,
  { query, words, before, effort }: PageRequest,
): Promise<Page> {
  const { senderId, conversationId, from, limit } = query;
  const place = [before?.at, before?.conversationId, before?.seq, limit + 1];
  // pg writes undefined as null: any.
  const narrow = [words, senderId, conversationId, from && storableTime(from)];
  const values = [actor.userId, ...narrow, ...place, effort.rare, effort.messages];
  const rows = await db.readAs(actor.userId, findMessages, values);
  const page = rows.slice(0, limit).filter((row) => row.is_hit);
  const messages = page.filter(isMessage).map(presentMessage);
  return { messages, next: nextPlace(rows, limit), isVain: page.length > 0 && messages.length === 0 };
}

/** Behind the last hit of a full page, or behind everything that was looked at. */
function nextPlace(rows: readonly FoundRow[], limit: number): SearchPlace | null {
  const last = rows.length > limit ? rows[limit - 1] : rows.at(-1);
  if (last === undefined || (last.is_hit && rows.length <= limit)) return null;
  return { at: last.found_at, conversationId: last.found_conversation_id, seq: last.found_seq };
}

const isMessage = (row: FoundRow): row is FoundRow & MessageRow => row.id !== null;

/** One letter begins too many words: it stands for itself. */
const isBeginning = (wanted: string, word: string): boolean =>
  [...wanted].length > 1 ? word.startsWith(wanted) : word === wanted;

/** Beginnings are seen here; which other words are forms of those that were looked for, PostgreSQL knows. */
async function withExcerpts(
  { db }: Pick<Deps, "db">,
  messages: readonly Message[],
  words: readonly string[],
): Promise<SearchHit[]> {
  const begins = (word: string) => words.some((wanted) => isBeginning(wanted, word));
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
