/** Somebody who is mentioned in the message, by the name that they have now. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

type MentionSegment =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "mention"; readonly text: string; readonly userId: string };

const wordSign = /[\p{L}\p{N}_]/u;

/** Cuts a text at "@Name" of the people that the message mentions; any other @ is text. The longest name counts. */
export function findMentions(text: string, people: readonly Named[]): MentionSegment[] {
  if (people.length === 0 || !text.includes("@")) return [{ kind: "text", text }];
  const longestFirst = people.toSorted((a, b) => b.name.length - a.name.length);
  const segments: MentionSegment[] = [];
  let done = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const person = longestFirst.find(({ name }) => isNamedAt(text, at + 1, name));
    if (person === undefined) continue;
    const end = at + 1 + person.name.length;
    if (at > done) segments.push({ kind: "text", text: text.slice(done, at) });
    segments.push({ kind: "mention", text: text.slice(at, end), userId: person.id });
    done = end;
  }
  if (done < text.length) segments.push({ kind: "text", text: text.slice(done) });
  return segments;
}

/** "@Ana" does not mention Ana in "@Anatol". */
function isNamedAt(text: string, at: number, name: string): boolean {
  return name !== "" && text.startsWith(name, at) && !wordSign.test(text[at + name.length] ?? "");
}
