import type { HistoryRecord } from "../history/history.ts";
import { insertAfter, type Mutation, type Of, pick, postpone, replace, without } from "./mutation.ts";

/** Sessions, memory, availability, and the way in which a server stops. */
export const mutationsOfTime: readonly Mutation[] = [
  {
    name: "a connection outlives its token",
    invariant: "I11",
    mutate: (all) => postpone(all, endOfVisit(all, /^visitor/), 5_000),
  },
  {
    name: "a connection outlives its session",
    invariant: "I11",
    mutate: (all) => postpone(all, endOfVisit(all, /^second/), 5_000),
  },
  {
    name: "something is heard after the token's end",
    invariant: "I11",
    mutate: (all) => {
      const { type: _, ...visit } = endOfVisit(all, /^visitor/);
      const event = { name: "typing:updated", conversationId: "all", userId: "ana" } as const;
      const late: HistoryRecord = { type: "heard", ...visit, at: visit.at + 5_000, event };
      return all.flatMap((record) =>
        record.type === "disconnected" && record.at === visit.at ? [late, record] : [record],
      );
    },
  },
  {
    name: "a reader that does not read takes more and more memory",
    invariant: "I14",
    mutate: (all) => {
      const stalled = pick(all, "stalled");
      const { at, server } = stalled;
      return insertAfter(all, stalled, { type: "memory", at, server, bytes: 2 ** 30 });
    },
  },
  { name: "a reader that does not read stays", invariant: "I14", mutate: (all) => without(all, pick(all, "cut-off")) },
  { name: "nothing is acknowledged after a repair", invariant: "I15", mutate: silenceAfterRepair },
  {
    name: "sends stay slow after a repair",
    invariant: "I15",
    mutate: (all) => postpone(all, lastAnswer(all), 10_000),
  },
  {
    name: "a send is refused",
    invariant: "I15",
    mutate: (all) => {
      const { op, at } = lastAnswer(all);
      return all.map((record) => (record.type === "ok" && record.op === op ? refusal(op, at) : record));
    },
  },
  {
    name: "a server that is told to stop ends badly",
    invariant: "I16",
    mutate: (all) => {
      const drained = pick(all, "drained");
      return replace(all, drained, { ...drained, code: 1 });
    },
  },
  {
    name: "a server that is told to stop takes its time",
    invariant: "I16",
    mutate: (all) => postpone(all, pick(all, "drained"), 15_000),
  },
  {
    name: "a server that is told to stop drops what it took",
    invariant: "I16",
    mutate: (all) => {
      const draining = all.indexOf(pick(all, "draining"));
      const pending = all.slice(draining).find((record) => record.type === "ok" && wasOpen(all, record.op, draining));
      if (pending?.type !== "ok") throw new Error("Nothing was under way when a server was told to stop.");
      const { op, at } = pending;
      return replace(all, pending, { type: "unknown", op, at, why: "socket has been disconnected" });
    },
  },
  {
    name: "somebody does not come back after a drain",
    invariant: "I16",
    mutate: (all) => {
      const drained = all.indexOf(pick(all, "drained"));
      const back = all.slice(drained).find((record) => record.type === "connected" && record.expiresAt === null);
      if (back?.type !== "connected") throw new Error("Nobody came back after a drain.");
      return all.filter(
        (record, index) => index < drained || record.type !== "connected" || record.device !== back.device,
      );
    },
  },
];

const refusal = (op: number, at: number): HistoryRecord => ({ type: "refused", op, at, code: "not_found" });

/** Of a connection whose token had ended. */
function endOfVisit(records: readonly HistoryRecord[], whose: RegExp): Of<"disconnected"> {
  const visit = pick(records, "connected", ({ expiresAt, device }) => expiresAt !== null && whose.test(device));
  return pick(records, "disconnected", ({ device }) => device === visit.device);
}

function silenceAfterRepair(records: readonly HistoryRecord[]): HistoryRecord[] {
  const repaired = records.indexOf(pick(records, "repaired"));
  return records.filter((record, index) => index < repaired || record.type !== "ok");
}

/** Of a send, in the calm after the last repair. */
function lastAnswer(records: readonly HistoryRecord[]): Of<"ok"> {
  const sends = new Set(
    records.flatMap((record) => (record.type === "invoke" && record.operation.do === "send" ? [record.op] : [])),
  );
  const answer = records.findLast((record): record is Of<"ok"> => record.type === "ok" && sends.has(record.op));
  if (answer === undefined) throw new Error("No send was acknowledged.");
  return answer;
}

/** Whether the operation was asked for before that record. */
const wasOpen = (records: readonly HistoryRecord[], op: number, before: number): boolean =>
  records
    .slice(0, before)
    .some((record) => record.type === "invoke" && record.op === op && record.operation.do === "send");
