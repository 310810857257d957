import type { SearchPiece } from "@parley/protocol";
import { findWords } from "./fold-words.ts";

/** In UTF-16 code units: the whole excerpt, and what stands in front of the first hit. */
const LENGTH = 180;
const BEFORE = 48;
/** How far the end may move back to fall between two words. */
const SLACK = 40;

const graphemes = new Intl.Segmenter();

/**
 * The text around the first hits, cut to a line or two, in pieces; white space becomes single spaces.
 * @param isHit of a folded word
 */
export function makeExcerpt(content: string, isHit: (word: string) => boolean): SearchPiece[] {
  const hits = findWords(content).filter(({ word }) => isHit(word));
  const from = beginning(content, hits[0]?.start ?? 0);
  const to = ending(content, from);
  const pieces: SearchPiece[] = [];
  const add = (start: number, end: number, hit: boolean) => {
    if (start < end) pieces.push({ text: content.slice(start, end).replace(/\s+/g, " "), hit });
  };
  let at = from;
  for (const { start, end } of hits) {
    if (start >= to) break;
    add(at, start, false);
    add(start, Math.min(end, to), true);
    at = Math.min(end, to);
  }
  add(at, to, false);
  if (from > 0) pieces.unshift({ text: "… ", hit: false });
  if (to < content.length) pieces.push({ text: " …", hit: false });
  return joined(pieces);
}

function beginning(content: string, firstHit: number): number {
  if (firstHit <= BEFORE) return 0;
  const space = content.slice(firstHit - BEFORE, firstHit).search(/\s/);
  // Without a space in front, the word itself is a safe place to begin at.
  return space === -1 ? firstHit : firstHit - BEFORE + space + 1;
}

function ending(content: string, from: number): number {
  const end = from + LENGTH;
  if (end >= content.length) return content.length;
  const space = content.slice(end - SLACK, end + 1).search(/\s\S*$/);
  if (space !== -1) return end - SLACK + space;
  // Neither a pair nor an emoji of several signs is cut.
  let safe = from;
  for (const { index } of graphemes.segment(content.slice(from, end + SLACK))) {
    if (index > LENGTH) break;
    safe = from + index;
  }
  return safe > from ? safe : end;
}

/** Neighbours of one kind as one piece, without white space at both ends. */
function joined(pieces: readonly SearchPiece[]): SearchPiece[] {
  const result: SearchPiece[] = [];
  for (const { text, hit } of pieces) {
    const last = result.at(-1);
    if (last !== undefined && last.hit === hit && !hit) result[result.length - 1] = { text: last.text + text, hit };
    else result.push({ text, hit });
  }
  return trimmed(result);
}

function trimmed(pieces: readonly SearchPiece[]): SearchPiece[] {
  const last = pieces.length - 1;
  return pieces
    .map(({ text, hit }, index) => {
      const begun = index === 0 ? text.trimStart() : text;
      return { text: index === last ? begun.trimEnd() : begun, hit };
    })
    .filter(({ text }) => text !== "");
}
