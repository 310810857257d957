/** The stream that all processes of one system write to and read. */
export const BUS_KEY = "parley:bus";

/** One batch of a process in the stream. */
export interface Entry {
  readonly processId: string;
  /** 1, 2, 3 … of that process; where a number is missing, something was lost. */
  readonly counter: number;
  /** Its notes; empty for a sign of life. */
  readonly text: string;
  /** It is its last one. */
  readonly leaves?: boolean;
}

export const entryToFields = ({ processId, counter, text, leaves }: Entry): string[] => [
  "process",
  processId,
  "counter",
  String(counter),
  "notes",
  text,
  ...(leaves ? ["leaves", "1"] : []),
];

/**
 * Reads what XREAD answers for one stream: [[key, [[id, [field, value, …]], …]]].
 * @returns the entries by id, undefined for one that none of us wrote
 */
export function readEntries(reply: unknown): [id: string, entry: Entry | undefined][] {
  const entries = (reply as [string, [string, string[]][]][])[0]?.[1] ?? [];
  return entries.map(([id, fields]) => [id, fieldsToEntry(fields)]);
}

function fieldsToEntry(fields: readonly string[]): Entry | undefined {
  const values = new Map<string, string>();
  for (let at = 0; at + 1 < fields.length; at += 2) values.set(fields[at] ?? "", fields[at + 1] ?? "");
  const processId = values.get("process");
  const text = values.get("notes");
  const counter = Number(values.get("counter"));
  if (processId === undefined || text === undefined || !Number.isSafeInteger(counter) || counter < 1) return undefined;
  return { processId, counter, text, leaves: values.has("leaves") };
}

/** Ids of entries are `<milliseconds>-<number>`. */
export function isBefore(one: string, other: string): boolean {
  const [oneMs = 0, oneNumber = 0] = one.split("-").map(Number);
  const [otherMs = 0, otherNumber = 0] = other.split("-").map(Number);
  return oneMs < otherMs || (oneMs === otherMs && oneNumber < otherNumber);
}
