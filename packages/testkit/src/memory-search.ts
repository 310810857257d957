import type { Message, SearchPiece, SearchResult, searchQuery } from "@parley/protocol";
import type { MemoryChat } from "./memory-chat.ts";

type SearchQuery = (typeof searchQuery)["_output"];

const WORD = /[\p{L}\p{N}]+/gu;
const wordsOf = (text: string): string[] => text.toLowerCase().match(WORD) ?? [];

/** Beginnings of words only: the real server knows their other forms too. The cursor is how many were shown. */
export function searchMemory(chat: MemoryChat, actorId: string, query: SearchQuery): SearchResult {
  const { q, conversationId, limit, cursor } = query;
  const wanted = wordsOf(q);
  const among = conversationId === undefined ? chat.of(actorId) : [chat.find(actorId, conversationId)];
  const found = among
    .flatMap(({ messages }) => messages)
    .filter((message) => isWanted(message, query, wanted))
    .sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt) || other.seq - one.seq);
  const start = Number(cursor ?? 0);
  const hits = found.slice(start, start + limit).map((message) => ({ message, excerpt: piecesOf(message, wanted) }));
  return { hits, nextCursor: found.length > start + limit ? String(start + limit) : null };
}

function isWanted(message: Message, { senderId, from, to }: SearchQuery, wanted: readonly string[]): boolean {
  if (message.content === null || wanted.length === 0) return false;
  if (senderId !== undefined && message.senderId !== senderId) return false;
  const at = Date.parse(message.createdAt);
  if ((from !== undefined && at < Date.parse(from)) || (to !== undefined && at >= Date.parse(to))) return false;
  const words = wordsOf(message.content);
  return wanted.every((begin) => words.some((word) => word.startsWith(begin)));
}

function piecesOf({ content }: Message, wanted: readonly string[]): SearchPiece[] {
  const pieces = (content ?? "").split(/([\p{L}\p{N}]+)/u).filter((text) => text !== "");
  return pieces.map((text) => ({ text, hit: wanted.some((begin) => text.toLowerCase().startsWith(begin)) }));
}
