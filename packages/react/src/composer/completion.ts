import type { UserProfile } from "@parley/protocol";

/** The beginning of a mention or of an emoji's name, right before the caret. */
export interface CompletionToken {
  readonly kind: "mention" | "emoji";
  readonly query: string;
  /** Where its sign (@ or :) stands in the text. */
  readonly start: number;
  readonly end: number;
}

export interface Completed {
  readonly text: string;
  readonly caret: number;
}

/** After a space or a bracket; an emoji needs two signs, since ":)" and ":D" are written too. */
const token = /(?:^|[\s([{„"'])(?:@([^\s@:]{0,30})|:([\p{L}\d_+-]{2,30}))$/u;

/** What is being begun at the caret, null when nothing is. Looks at no more than the end of the text. */
export function findToken(text: string, caret: number): CompletionToken | null {
  const found = token.exec(text.slice(Math.max(0, caret - 40), caret));
  if (found === null) return null;
  const kind = found[1] === undefined ? "emoji" : "mention";
  const query = found[1] ?? found[2] ?? "";
  return { kind, query, start: caret - query.length - 1, end: caret };
}

/** The text with the token replaced, and the caret behind it. */
export function complete(text: string, { start, end }: CompletionToken, insert: string): Completed {
  const rest = text.slice(end);
  const gap = /^[\s\p{P}]/u.test(rest) ? "" : " ";
  const behind = start + insert.length;
  return {
    text: text.slice(0, start) + insert + gap + rest,
    caret: gap !== "" || rest.startsWith(" ") ? behind + 1 : behind,
  };
}

/** People of whom a name begins so; accents and case do not count. */
export function suggestPeople(people: readonly UserProfile[], query: string, limit: number): UserProfile[] {
  const wanted = fold(query);
  const fits = ({ name }: UserProfile) => ` ${fold(name)}`.includes(` ${wanted}`);
  return people.filter(fits).slice(0, limit);
}

const fold = (text: string) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
