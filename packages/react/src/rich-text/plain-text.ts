import type { Inline } from "./parse-inline.ts";
import { type Block, parseRichText } from "./parse-rich-text.ts";

/** The text without its signs, in one line: for quotes, pins and what is read aloud. */
export function plainText(content: string): string {
  return parseRichText(content).map(textOfBlock).join(" ").replaceAll(/\s+/g, " ").trim();
}

function textOfBlock(block: Block): string {
  if (block.kind === "code") return block.text;
  if (block.kind === "list") return block.items.map(textOfInlines).join(" · ");
  return textOfInlines(block.children);
}

const textOfInlines = (inlines: readonly Inline[]): string =>
  inlines.map((inline) => ("text" in inline ? inline.text : textOfInlines(inline.children))).join("");
