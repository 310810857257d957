import type { Named } from "./find-mentions.ts";
import { type Inline, parseInline } from "./parse-inline.ts";

export type Block =
  | { readonly kind: "paragraph" | "quote"; readonly children: readonly Inline[] }
  | { readonly kind: "code"; readonly text: string }
  /** `start`: the first number of an ordered list, null for bullets. */
  | { readonly kind: "list"; readonly start: number | null; readonly items: readonly (readonly Inline[])[] };

/** Without any of these a text is only text: most messages are. */
const signs = /[*_~`@>]|:\/\/|^ {0,3}(?:-|\d{1,9}[.)]) /m;
const fence = /^```[\w+#-]*\s*$/;
const bullet = /^ {0,3}[-*] +(?=\S)/;
const numbered = /^ {0,3}(\d{1,9})[.)] +(?=\S)/;
const quoted = /^> ?/;

/**
 * Reads the safe part of Markdown: bold, italic, strike, code, quotes, flat lists, addresses, and mentions of `people`.
 * Anything else stays text, and a line break stays a line break. One pass over the lines, nothing is ever markup.
 */
export function parseRichText(content: string, people: readonly Named[] = []): Block[] {
  if (!signs.test(content)) return [{ kind: "paragraph", children: [{ kind: "text", text: content }] }];
  const lines = content.split("\n");
  const blocks: Block[] = [];
  let plain: string[] = [];
  const flush = () => {
    const text = trimLines(plain, blocks.length > 0);
    plain = [];
    if (text !== "") blocks.push({ kind: "paragraph", children: parseInline(text, people) });
  };
  const read = createBlockReader(lines, people);
  for (let at = 0; at < lines.length; ) {
    const found = read(at);
    if (found === null) {
      plain.push(lines[at] ?? "");
      at += 1;
    } else {
      flush();
      blocks.push(found.block);
      at = found.end;
      while (lines[at]?.trim() === "") at += 1;
    }
  }
  flush();
  return blocks;
}

/** The empty lines between a text and a block give way to the block's own space. */
function trimLines(lines: readonly string[], afterBlock: boolean): string {
  const text = lines.join("\n");
  return afterBlock ? text.replace(/^\s*\n/, "").trimEnd() : text.trimEnd();
}

interface Found {
  readonly block: Block;
  /** The line after it. */
  readonly end: number;
}

function createBlockReader(lines: readonly string[], people: readonly Named[]): (at: number) => Found | null {
  const closes = (line: string) => line.trimEnd() === "```";
  const lastFence = lines.findLastIndex(closes);
  const inline = (text: string) => parseInline(text, people);

  const code = (at: number): Found | null => {
    if (at >= lastFence || !fence.test(lines[at] ?? "")) return null;
    let end = at + 1;
    while (!closes(lines[end] ?? "")) end += 1;
    return { block: { kind: "code", text: lines.slice(at + 1, end).join("\n") }, end: end + 1 };
  };
  const quote = (at: number): Found | null => {
    const end = endOf(lines, at, (line) => quoted.test(line));
    if (end === at) return null;
    const text = lines.slice(at, end).map((line) => line.replace(quoted, ""));
    return { block: { kind: "quote", children: inline(text.join("\n")) }, end };
  };
  const list = (at: number): Found | null => {
    const end = endOf(lines, at, (line) => bullet.test(line));
    if (end === at) return null;
    const items = lines.slice(at, end).map((line) => inline(line.replace(bullet, "")));
    return { block: { kind: "list", start: null, items }, end };
  };
  const ordered = (at: number): Found | null => {
    const start = numberOf(lines[at]);
    if (start === null) return null;
    const end = endOf(lines, at, (line, index) => numberOf(line) === start + index - at);
    // A single one is rather a date: "21. November".
    if (end - at < 2) return null;
    const items = lines.slice(at, end).map((line) => inline(line.replace(numbered, "")));
    return { block: { kind: "list", start, items }, end };
  };
  return (at) => code(at) ?? quote(at) ?? list(at) ?? ordered(at);
}

function numberOf(line: string | undefined): number | null {
  const found = numbered.exec(line ?? "");
  return found === null ? null : Number(found[1]);
}

function endOf(lines: readonly string[], at: number, belongs: (line: string, index: number) => boolean): number {
  let end = at;
  while (end < lines.length && belongs(lines[end] ?? "", end)) end += 1;
  return end;
}
