export type LinkSegment =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

/** Longer than this, in characters, nothing is an address: browsers and servers refuse it too. */
const addressLimit = 2_048;
/** Signs that turn the direction of text end an address: with them it would read as another one. */
const candidate =
  /\bhttps?:\/\/[^\s<>"\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+|\b[\w.+-]{1,64}@(?:[a-z\d-]{1,63}\.){1,8}[a-z]{2,24}\b/gi;

/** What each of them has: most texts have none, and the first use of the long expression takes a slow phone 7 ms. */
const sign = /:\/\/|@/;

/** Cuts text into text and links. Only whole http, https and mail addresses become links; nothing is ever read as markup. */
export function findLinks(content: string): LinkSegment[] {
  const segments: LinkSegment[] = [];
  let done = 0;
  for (const match of sign.test(content) ? content.matchAll(candidate) : []) {
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
    else if (!/[.,;:!?'"“”’«»\]}*~]/.test(last)) break;
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

/** A name before the host, as in `https://bank.example@thief.example`, is there to deceive: such an address stays text. */
function safeHref(text: string): string | null {
  if (!/^https?:/i.test(text)) return `mailto:${text}`;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.username || url.password ? null : url.href;
}
