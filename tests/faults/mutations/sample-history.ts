import type { HistoryRecord } from "../history/history.ts";

/**
 * One conversation of a history, whole: the shortest in which somebody came and went. The faults are one long fault, since so
 * little of what happened says nothing about availability.
 */
export async function sampleHistory(records: AsyncIterable<HistoryRecord>): Promise<HistoryRecord[]> {
  const all: HistoryRecord[] = [];
  for await (const record of records) all.push(record);
  const id = chooseConversation(all);
  const kept = new Set<number>();
  const begin = all.find((record) => record.type === "broken");
  const end = all.findLast((record) => record.type === "repaired");
  const sample = all.filter((record) => {
    if (record.type === "broken" || record.type === "repaired") return record === begin;
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
  return end === undefined ? sample : [...sample, end];
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
