import type { HistoryRecord } from "../history/history.ts";

/**
 * One conversation of a history, whole: the shortest in which somebody came and went. The faults are one long fault from the
 * beginning on, since so little of what happened says nothing about availability. Of what devices hear and show, some devices' part.
 */
export async function sampleHistory(records: AsyncIterable<HistoryRecord>): Promise<HistoryRecord[]> {
  const all: HistoryRecord[] = [];
  for await (const record of records) all.push(record);
  const id = chooseConversation(all);
  const kept = new Set<number>();
  const begin = all.find((record): record is BrokenRecord => record.type === "broken");
  const end = all.findLast((record) => record.type === "repaired");
  const devices = chooseDevices(all, id);
  const sample = all.filter((record) => {
    if (isOfDevice(record) && !devices.has(record.device)) return false;
    if (record.type === "broken" || record.type === "repaired") return false;
    if (record.type === "invoke") {
      const { operation } = record;
      const conversationId = "conversationId" in operation ? operation.conversationId : id;
      if (conversationId === id) kept.add(record.op);
      return kept.has(record.op);
    }
    if ("op" in record) return kept.has(record.op);
    const conversationId = conversationOf(record);
    return conversationId === null || conversationId === id;
  });
  return begin === undefined || end === undefined ? sample : [{ ...begin, at: 0 }, ...sample, end];
}

type BrokenRecord = Extract<HistoryRecord, { type: "broken" | "repaired" }>;

const DEVICES = 4;

type OfDevice = Extract<HistoryRecord, { type: "heard" | "view" | "viewed" | "viewed-conversation" }>;

const isOfDevice = (record: HistoryRecord): record is OfDevice =>
  record.type === "heard" || record.type.startsWith("view");

function chooseDevices(records: readonly HistoryRecord[], id: string): ReadonlySet<string> {
  const showing = records.flatMap((record) =>
    record.type === "viewed" && record.message.conversationId === id ? [record.device] : [],
  );
  return new Set([...new Set(showing)].slice(0, DEVICES));
}

function chooseConversation(records: readonly HistoryRecord[]): string {
  const coming = new Set(
    records.flatMap((record) =>
      record.type === "invoke" && record.operation.do === "remove" ? [record.operation.conversationId] : [],
    ),
  );
  const lengths = records.flatMap((record) => (record.type === "conversation" ? [record] : []));
  const fitting = lengths.filter(({ conversationId }) => coming.has(conversationId));
  const [shortest] = fitting.sort((one, other) => one.lastSeq - other.lastSeq);
  if (shortest === undefined) throw new Error("Nobody came and went.");
  return shortest.conversationId;
}

/** null: it belongs to none. */
function conversationOf(record: HistoryRecord): string | null {
  if ("conversationId" in record) return record.conversationId;
  if ("message" in record) return record.message.conversationId;
  if (record.type !== "heard" || record.event.name === "other") return null;
  return "message" in record.event ? record.event.message.conversationId : record.event.conversationId;
}
