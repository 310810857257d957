import type { HistoryRecord, Sighting } from "../history/history.ts";
import { insertAfter, type Mutation, type Of, pick, pickDone, postpone, replace, without } from "./mutation.ts";

/** Messages lost, doubled, invented, reordered. */
export const mutationsOfMessages: readonly Mutation[] = [
  {
    name: "an acknowledged message is gone from the database",
    invariant: "I1",
    mutate: (all) => without(all, pick(all, "stored")),
  },
  { name: "a device lacks a message", invariant: "I1", mutate: (all) => without(all, pick(all, "viewed")) },
  { name: "somebody who is connected does not hear a message", invariant: "I1", mutate: hearNothing },
  { name: "a message is stored twice", invariant: "I2", mutate: storeTwice },
  { name: "a device holds a message twice", invariant: "I2", mutate: (all) => twice(all, pick(all, "viewed")) },
  { name: "a repeat gets another answer", invariant: "I2", mutate: answerAnew },
  {
    name: "a message is stored that nobody sent",
    invariant: "I3",
    mutate: (all) => invent(all, { clientMessageId: "never sent" }),
  },
  {
    name: "a body is stored that nobody wrote",
    invariant: "I3",
    mutate: (all) => invent(all, { content: "never written" }),
  },
  {
    name: "a message carries another sender",
    invariant: "I3",
    mutate: (all) => invent(all, { senderId: "somebody else" }),
  },
  { name: "a message is deleted by nobody", invariant: "I3", mutate: (all) => invent(all, { content: null }) },
  { name: "a seq is gone from the database", invariant: "I4", mutate: (all) => without(all, pick(all, "stored")) },
  { name: "two messages change places in the database", invariant: "I4", mutate: (all) => swap(all, "stored") },
  { name: "two messages change places on one device", invariant: "I4", mutate: (all) => swap(all, "viewed") },
  { name: "an event comes late", invariant: "I4", mutate: hearTwice },
  { name: "an event tells a version that is another change", invariant: "I4", mutate: tellUncommitted },
  { name: "a page has a hole", invariant: "I4", mutate: (all) => changePage(all, (page) => page.toSpliced(1, 1)) },
  { name: "two messages change places for everybody", invariant: "I5", mutate: swapEverywhere },
  {
    name: "a read lacks what was acknowledged",
    invariant: "I6",
    mutate: (all) => changePage(all, () => []),
  },
];

const pickNews = (records: readonly HistoryRecord[]): Of<"heard"> =>
  pick(records, "heard", ({ event }) => event.name === "message:new");

/** Then nothing happens for a while: nobody can say that it was on its way. */
function hearNothing(records: readonly HistoryRecord[]): HistoryRecord[] {
  const calm = records.slice(
    0,
    records.findIndex(({ type }) => type === "broken" || type === "stalled"),
  );
  const heard = pickNews(calm);
  return postpone(without(records, heard), calm.at(-1) ?? heard, 11_000);
}

/** Of a message that was tried at one server: two tell of it in their own time, and nobody can say that it came late. */
function hearTwice(records: readonly HistoryRecord[]): HistoryRecord[] {
  const servers = new Map<string, Set<string>>();
  for (const record of records) {
    if (record.type !== "invoke" || record.operation.do !== "send") continue;
    const { clientMessageId } = record.operation;
    servers.set(clientMessageId, (servers.get(clientMessageId) ?? new Set()).add(record.server));
  }
  const isOfOne = ({ event }: Of<"heard">) =>
    event.name === "message:new" && servers.get(event.message.clientMessageId ?? "")?.size === 1;
  return twice(records, pick(records, "heard", isOfOne));
}

const twice = (records: readonly HistoryRecord[], chosen: HistoryRecord): HistoryRecord[] =>
  insertAfter(records, chosen, chosen);

/** As a second row behind the last one, under the same clientMessageId. */
function storeTwice(records: readonly HistoryRecord[]): HistoryRecord[] {
  const chosen = pick(records, "stored");
  const { conversationId } = chosen.message;
  const end = pick(records, "conversation", (record) => record.conversationId === conversationId);
  const seq = end.lastSeq + 1;
  const double: HistoryRecord = { ...chosen, message: { ...chosen.message, seq, id: "another", version: 9_999_999 } };
  return [...replace(records, end, { ...end, lastSeq: seq }), double];
}

function answerAnew(records: readonly HistoryRecord[]): HistoryRecord[] {
  const { invoke, ok } = pickDone(records, "send");
  const { message } = ok.answer;
  if (message === undefined) throw new Error("A send has no answer.");
  const op = 9_999_999;
  const other: HistoryRecord = { ...ok, op, answer: { message: { ...message, id: "another", seq: message.seq + 1 } } };
  return insertAfter(records, ok, { ...invoke, op, at: ok.at }, other);
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
  const { lastSeq } = pick(records, "conversation", (record) => record.conversationId === conversationId);
  const turned = (message: Sighting): Sighting =>
    message.conversationId === conversationId ? { ...message, seq: lastSeq + 1 - message.seq } : message;
  return records.map((record) => {
    if (record.type === "stored" || record.type === "viewed") return { ...record, message: turned(record.message) };
    if (record.type === "heard" && "message" in record.event) {
      return { ...record, event: { ...record.event, message: turned(record.event.message) } };
    }
    if (record.type !== "ok") return record;
    const { message, messages } = record.answer;
    if (messages !== undefined) return { ...record, answer: { messages: messages.map(turned).reverse() } };
    return message === undefined ? record : { ...record, answer: { ...record.answer, message: turned(message) } };
  });
}

function invent(records: readonly HistoryRecord[], change: Partial<Sighting>): HistoryRecord[] {
  const chosen = pick(records, "stored", ({ message }) => message.content !== null);
  return replace(records, chosen, { ...chosen, message: { ...chosen.message, ...change } });
}

/** What was told was rolled back, and the version given to something else. */
function tellUncommitted(records: readonly HistoryRecord[]): HistoryRecord[] {
  const versionOf = ({ conversationId, version }: Sighting, later = 0) => `${conversationId} ${version + later}`;
  const stored = new Set(records.flatMap((record) => (record.type === "stored" ? [versionOf(record.message)] : [])));
  const chosen = pick(
    records,
    "heard",
    ({ event }) => event.name === "message:new" && stored.has(versionOf(event.message, 1)),
  );
  if (chosen.event.name !== "message:new") throw new Error("That is no message.");
  const message = { ...chosen.event.message, version: chosen.event.message.version + 1 };
  return replace(records, chosen, { ...chosen, event: { name: "message:new", message } });
}

function changePage(
  records: readonly HistoryRecord[],
  change: (page: readonly Sighting[]) => readonly Sighting[],
): HistoryRecord[] {
  const reads = new Set(
    records.flatMap((record) => (record.type === "invoke" && record.operation.do === "read" ? [record.op] : [])),
  );
  // A hole needs something before and behind it.
  const ok = pick(records, "ok", ({ op, answer }) => reads.has(op) && (answer.messages?.length ?? 0) > 2);
  return replace(records, ok, { ...ok, answer: { messages: change(ok.answer.messages ?? []) } });
}
