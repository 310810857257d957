type CodeSegment = { readonly kind: "text" | "code"; readonly text: string };

const ticks = /`+/g;

/** Cuts a text at its code spans: what stands between two runs of equally many backticks. */
export function splitCode(source: string): CodeSegment[] {
  if (!source.includes("`")) return [{ kind: "text", text: source }];
  const found = [...source.matchAll(ticks)].map((match) => ({ at: match.index, length: match[0].length }));
  const next = nextOfSameLength(found);
  const segments: CodeSegment[] = [];
  let done = 0;
  for (let index = 0; index < found.length; index += 1) {
    const open = found[index];
    const closing = next[index];
    const close = closing === undefined ? undefined : found[closing];
    if (open === undefined || closing === undefined || close === undefined) continue;
    const text = source.slice(open.at + open.length, close.at);
    if (text.trim() === "") continue;
    if (open.at > done) segments.push({ kind: "text", text: source.slice(done, open.at) });
    segments.push({ kind: "code", text: text.trim() });
    done = close.at + close.length;
    index = closing;
  }
  if (done < source.length) segments.push({ kind: "text", text: source.slice(done) });
  return segments;
}

/** For each run the index of the next one that is as long, found from the back in one pass. */
function nextOfSameLength(found: readonly { length: number }[]): (number | undefined)[] {
  const latest = new Map<number, number>();
  const next: (number | undefined)[] = [];
  for (let index = found.length - 1; index >= 0; index -= 1) {
    const length = found[index]?.length ?? 0;
    next[index] = latest.get(length);
    latest.set(length, index);
  }
  return next;
}
