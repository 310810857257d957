import type { Invariant } from "../checks/invariants.ts";
import type { HistoryRecord, Operation } from "../history/history.ts";

type Type = HistoryRecord["type"];
export type Of<Kind extends Type> = Extract<HistoryRecord, { type: Kind }>;

/** A way in which a server could be wrong, done to a history that was right. */
export interface Mutation {
  readonly name: string;
  /** What the checker must at least find. */
  readonly invariant: Invariant;
  /** A changed copy. @throws Error when the history has nothing of the kind */
  readonly mutate: (records: readonly HistoryRecord[]) => HistoryRecord[];
}

/** One from the middle of those that fit. */
export function pick<Kind extends Type>(
  records: readonly HistoryRecord[],
  type: Kind,
  fits: (record: Of<Kind>) => boolean = () => true,
): Of<Kind> {
  const found = records.filter((record): record is Of<Kind> => record.type === type && fits(record as Of<Kind>));
  const chosen = found[Math.floor(found.length / 2)];
  if (chosen === undefined) throw new Error(`The history has no such record "${type}".`);
  return chosen;
}

/** The attempt and the success of an operation of that kind. */
export function pickDone(
  records: readonly HistoryRecord[],
  kind: Operation["do"],
): { invoke: Of<"invoke">; ok: Of<"ok"> } {
  const ended = new Map(records.flatMap((record) => (record.type === "ok" ? [[record.op, record] as const] : [])));
  const invoke = pick(records, "invoke", ({ op, operation }) => operation.do === kind && ended.has(op));
  const ok = ended.get(invoke.op);
  if (ok === undefined) throw new Error(`Nothing came of operation ${invoke.op}.`);
  return { invoke, ok };
}

export const without = (records: readonly HistoryRecord[], gone: HistoryRecord): HistoryRecord[] =>
  records.filter((record) => record !== gone);

export const replace = (records: readonly HistoryRecord[], old: HistoryRecord, by: HistoryRecord): HistoryRecord[] =>
  records.map((record) => (record === old ? by : record));

export const insertAfter = (
  records: readonly HistoryRecord[],
  place: HistoryRecord,
  ...more: HistoryRecord[]
): HistoryRecord[] => records.flatMap((record) => (record === place ? [record, ...more] : [record]));

/** From that record on, everything happens so much later. */
export function postpone(records: readonly HistoryRecord[], from: HistoryRecord, ms: number): HistoryRecord[] {
  const begins = records.indexOf(from);
  return records.map((record, index) =>
    index >= begins && "at" in record ? { ...record, at: record.at + ms } : record,
  );
}
