import type { HistoryRecord, Sighting } from "./history.ts";
import type { ViolationKind } from "./history-report.ts";

interface Mutation {
  readonly name: string;
  /** What the checker must at least find. */
  readonly kind: ViolationKind;
  /** A changed copy of a history that was right. */
  readonly mutate: (records: readonly HistoryRecord[]) => HistoryRecord[];
}

type Of<Type extends HistoryRecord["type"]> = Extract<HistoryRecord, { type: Type }>;

/** Ways in which a server could be wrong, each done to a recorded history. */
export const mutations: readonly Mutation[] = [
  {
    name: "an acknowledged message is gone from the database",
    kind: "lost",
    mutate: (all) => without(all, pick(all, "stored")),
  },
  { name: "a seq is gone from the database", kind: "hole", mutate: (all) => without(all, pick(all, "stored")) },
  { name: "a device lacks a message", kind: "lost", mutate: (all) => without(all, pick(all, "viewed")) },
  { name: "a message is stored twice", kind: "doubled", mutate: storeTwice },
  { name: "a device holds a message twice", kind: "doubled", mutate: (all) => twice(all, pick(all, "viewed")) },
  { name: "a repeat gets another answer", kind: "doubled", mutate: answerAnew },
  { name: "two messages change places in the database", kind: "order", mutate: (all) => swap(all, "stored") },
  { name: "two messages change places on one device", kind: "order", mutate: (all) => swap(all, "viewed") },
  { name: "an event comes late", kind: "order", mutate: (all) => twice(all, pick(all, "heard")) },
  { name: "two messages change places for everybody", kind: "order", mutate: swapEverywhere },
  {
    name: "a message is stored that nobody sent",
    kind: "phantom",
    mutate: (all) => invent(all, { clientMessageId: "never sent" }),
  },
  {
    name: "a body is stored that nobody wrote",
    kind: "phantom",
    mutate: (all) => invent(all, { content: "never written" }),
  },
  {
    name: "a message carries another sender",
    kind: "phantom",
    mutate: (all) => invent(all, { senderId: "somebody else" }),
  },
  { name: "an outsider hears a message", kind: "leak", mutate: overhear },
];

/** One from the middle. */
function pick<Type extends HistoryRecord["type"]>(records: readonly HistoryRecord[], type: Type): Of<Type> {
  const found = records.filter((record): record is Of<Type> => record.type === type);
  const chosen = found[Math.floor(found.length / 2)];
  if (chosen === undefined) throw new Error(`The history has no record "${type}".`);
  return chosen;
}

const without = (records: readonly HistoryRecord[], gone: HistoryRecord): HistoryRecord[] =>
  records.filter((record) => record !== gone);

const twice = (records: readonly HistoryRecord[], chosen: HistoryRecord): HistoryRecord[] =>
  records.flatMap((record) => (record === chosen ? [record, record] : [record]));

const replace = (records: readonly HistoryRecord[], old: HistoryRecord, by: HistoryRecord): HistoryRecord[] =>
  records.map((record) => (record === old ? by : record));

/** As a second row behind the last one, under the same clientMessageId. */
function storeTwice(records: readonly HistoryRecord[]): HistoryRecord[] {
  const chosen = pick(records, "stored");
  const { conversationId } = chosen.message;
  const end = records.find(
    (record): record is Of<"conversation"> =>
      record.type === "conversation" && record.conversationId === conversationId,
  );
  if (end === undefined) throw new Error("The history has no such conversation.");
  const seq = end.lastSeq + 1;
  const double: HistoryRecord = { ...chosen, message: { ...chosen.message, seq, id: "another", version: seq + 1 } };
  return [...replace(records, end, { ...end, lastSeq: seq }), double];
}

function answerAnew(records: readonly HistoryRecord[]): HistoryRecord[] {
  const chosen = pick(records, "ok");
  const other: HistoryRecord = {
    ...chosen,
    message: { ...chosen.message, id: "another", seq: chosen.message.seq + 1 },
  };
  return records.flatMap((record) => (record === chosen ? [record, other] : [record]));
}

/** Two neighbours of one conversation, in the database or in one view. */
function swap(records: readonly HistoryRecord[], type: "stored" | "viewed"): HistoryRecord[] {
  const one = pick(records, type);
  const { conversationId, seq } = one.message;
  const next = records.find(
    (record): record is Of<"stored" | "viewed"> =>
      record.type === type &&
      record.message.conversationId === conversationId &&
      Math.abs(record.message.seq - seq) === 1 &&
      (record.type !== "viewed" || one.type !== "viewed" || (record.device === one.device && record.kind === one.kind)),
  );
  if (next === undefined) throw new Error("The message has no neighbour.");
  const moved = <Seen extends { message: Sighting }>(record: Seen, to: Sighting): Seen => ({
    ...record,
    message: { ...record.message, seq: to.seq, version: to.version },
  });
  return records.map((record) => {
    if (record === one) return moved(one, next.message);
    return record === next ? moved(next, one.message) : record;
  });
}

/** The server and all devices agree on an order, but it is not the one in which the messages were acknowledged. */
function swapEverywhere(records: readonly HistoryRecord[]): HistoryRecord[] {
  const { conversationId } = pick(records, "stored").message;
  const seqs = records.flatMap((record) =>
    record.type === "stored" && record.message.conversationId === conversationId ? [record.message.seq] : [],
  );
  const last = Math.max(...seqs);
  return records.map((record) => {
    if (!("message" in record) || record.message.conversationId !== conversationId) return record;
    const seq = last + 1 - record.message.seq;
    return { ...record, message: { ...record.message, seq, version: seq + 1 } };
  });
}

function invent(records: readonly HistoryRecord[], change: Partial<Sighting>): HistoryRecord[] {
  const chosen = pick(records, "stored");
  return replace(records, chosen, { ...chosen, message: { ...chosen.message, ...change } });
}

function overhear(records: readonly HistoryRecord[]): HistoryRecord[] {
  const chosen = pick(records, "heard");
  const stray: HistoryRecord = { ...chosen, userId: "outsider", device: "an outsider's device" };
  return records.flatMap((record) => (record === chosen ? [record, stray] : [record]));
}
