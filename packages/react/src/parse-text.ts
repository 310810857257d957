export type TextSegment =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

/** Longer than this, in characters, nothing is an address: browsers and servers refuse it too. */
const addressLimit = 2_048;
const candidate = /\bhttps?:\/\/[^\s<>"]+/gi;

/** Cuts a message into text and links. Only whole http and https addresses become links; nothing is ever read as markup. */
export function parseText(content: string): TextSegment[] {
  const segments: TextSegment[] = [];
  let done = 0;
  for (const match of content.matchAll(candidate)) {
    const text = trimAddress(match[0]);
    const href = text.length > addressLimit ? null : safeHref(text);
    if (href === null) continue;
    if (match.index > done) segments.push({ kind: "text", text: content.slice(done, match.index) });
    segments.push({ kind: "link", text, href });
    done = match.index + text.length;
  }
  if (done < content.length) segments.push({ kind: "text", text: content.slice(done) });
  return segments;
}

/** The sentence around an address keeps its full stop, quote and closing bracket. One pass: text may be hostile. */
function trimAddress(text: string): string {
  let unopened = surplusOfClosed(text);
  let end = text.length;
  for (; end > 0; end -= 1) {
    const last = text[end - 1] ?? "";
    if (last === ")" && unopened > 0) unopened -= 1;
    else if (!/[.,;:!?'"“”’«»\]}]/.test(last)) break;
  }
  return text.slice(0, end);
}

/** By how many the closing round brackets outnumber the opening ones. */
function surplusOfClosed(text: string): number {
  let surplus = 0;
  for (const sign of text) {
    if (sign === ")") surplus += 1;
    else if (sign === "(") surplus -= 1;
  }
  return surplus;
}

function safeHref(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** Signs such as © are emoji only when a selector says so. */
const emoji =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|[\d#*]\uFE0F?\u20E3|\p{Regional_Indicator}{2})/u;

/** One to three emoji and nothing else: shown larger. */
export function isEmojiOnly(content: string): boolean {
  const signs = content.replaceAll(/\s/g, "");
  // The longest single emoji (a family) has fewer than 30 code units.
  if (signs === "" || signs.length > 90) return false;
  const graphemes = [...segmenter.segment(signs)].map(({ segment }) => segment);
  return graphemes.length <= 3 && graphemes.every((grapheme) => emoji.test(grapheme));
}
