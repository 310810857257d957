import { splitCode } from "./split-code.ts";
import { findLinks } from "./find-links.ts";
import { findMentions, type Named } from "./find-mentions.ts";

/** A piece of a line. Emphasis holds further pieces, at most five deep. */
export type Inline =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string }
  | { readonly kind: "mention"; readonly text: string; readonly userId: string }
  | { readonly kind: Emphasis; readonly children: readonly Inline[] };

type Emphasis = "bold" | "italic" | "strike";
type Leaf = Exclude<Inline, { kind: Emphasis }>;

const emphasisOf: Readonly<Record<string, Emphasis>> = {
  "**": "bold",
  __: "bold",
  "*": "italic",
  _: "italic",
  "~~": "strike",
};
const runs = /\*+|_+|~+/g;
const space = /\s/;
/** What may stand beside `*` and `_`, which also stand inside of words and sums. Half of an emoji counts. */
const outside = /[\s\p{P}\p{S}\p{Cs}]/u;

interface Frame {
  readonly marker: string;
  readonly children: Inline[];
}

/** Reads emphasis, code, addresses and mentions out of a text. Each step goes over the text once: it may be hostile. */
export function parseInline(source: string, people: readonly Named[]): Inline[] {
  const leaves = splitCode(source)
    .flatMap((part): Leaf[] => (part.kind === "text" ? findLinks(part.text) : [part]))
    .flatMap((part): Leaf[] => (part.kind === "text" ? findMentions(part.text, people) : [part]));
  const frames: Frame[] = [{ marker: "", children: [] }];
  leaves.forEach((leaf, index) => {
    if (leaf.kind !== "text") return append(frames, leaf);
    // Another piece beside it is as good as a punctuation mark, the end of the text as a space.
    const before = index === 0 ? " " : ".";
    const after = index === leaves.length - 1 ? " " : ".";
    readEmphasis(leaf.text, before, after, frames);
  });
  while (frames.length > 1) giveUp(frames);
  return frames[0]?.children ?? [];
}

function readEmphasis(text: string, before: string, after: string, frames: Frame[]): void {
  let done = 0;
  for (const { 0: run, index } of text.matchAll(runs)) {
    const end = index + run.length;
    const markers = cut(run, frames);
    if (markers === null) continue;
    append(frames, { kind: "text", text: text.slice(done, index) });
    for (const marker of markers) mark(marker, text[index - 1] ?? before, text[end] ?? after, frames);
    done = end;
  }
  append(frames, { kind: "text", text: text.slice(done) });
}

/** Three signs are bold and italic, the inner one closed first; null: so many mean nothing. */
function cut(run: string, frames: Frame[]): string[] | null {
  if (run in emphasisOf) return [run];
  if (run.length !== 3 || run.startsWith("~")) return null;
  const [one, two] = [run.slice(0, 1), run.slice(0, 2)];
  return frames.at(-1)?.marker === one ? [one, two] : [two, one];
}

function mark(marker: string, before: string, after: string, frames: Frame[]): void {
  const open = frames.some((frame) => frame.marker === marker);
  if (open && mayFace(marker, before, after)) {
    while (frames.at(-1)?.marker !== marker) giveUp(frames);
    close(frames);
  } else if (!open && mayFace(marker, after, before)) frames.push({ marker, children: [] });
  else append(frames, { kind: "text", text: marker });
}

/** Whether the sign may have its inner and its outer side so. After a backslash it never means anything. */
function mayFace(marker: string, inner: string, outer: string): boolean {
  if (space.test(inner) || outer === "\\") return false;
  const insideOfWords = marker === "**" || marker === "~~";
  return insideOfWords || outside.test(outer);
}

function close(frames: Frame[]): void {
  const frame = frames.pop();
  const kind = emphasisOf[frame?.marker ?? ""];
  if (frame === undefined || kind === undefined) return;
  if (frame.children.length > 0) append(frames, { kind, children: frame.children });
  else append(frames, { kind: "text", text: frame.marker + frame.marker });
}

/** Nothing closed it: its sign was only a sign. */
function giveUp(frames: Frame[]): void {
  const frame = frames.pop();
  if (frame === undefined) return;
  append(frames, { kind: "text", text: frame.marker });
  for (const child of frame.children) append(frames, child);
}

function append(frames: readonly Frame[], piece: Inline): void {
  const children = frames.at(-1)?.children;
  if (children === undefined || (piece.kind === "text" && piece.text === "")) return;
  const last = children.at(-1);
  if (piece.kind === "text" && last?.kind === "text") {
    children[children.length - 1] = { kind: "text", text: last.text + piece.text };
  } else children.push(piece);
}
