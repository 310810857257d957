import type { HistoryRecord, Sighting, Standing } from "../history/history.ts";
import { insertAfter, type Mutation, type Of, pick, pickDone, replace } from "./mutation.ts";

/** Positions, edits, deletions, and who may see what. */
export const mutationsOfState: readonly Mutation[] = [
  { name: "a position goes back", invariant: "I7", mutate: (all) => changeStanding(all, () => ({ readSeq: 0 })) },
  {
    name: "more was read than delivered",
    invariant: "I7",
    mutate: (all) => changeStanding(all, ({ deliveredSeq }) => ({ readSeq: deliveredSeq + 1 })),
  },
  {
    name: "more was delivered than there is",
    invariant: "I7",
    mutate: (all) => changeStanding(all, () => ({ deliveredSeq: 9_999_999 })),
  },
  {
    name: "the database forgot what was read",
    invariant: "I7",
    mutate: (all) => {
      const { invoke } = pickDone(all, "move");
      const place = pick(
        all,
        "participant",
        ({ conversationId, standing }) =>
          "conversationId" in invoke.operation &&
          conversationId === invoke.operation.conversationId &&
          standing.userId === invoke.by,
      );
      return replace(all, place, { ...place, standing: { ...place.standing, readSeq: 0 } });
    },
  },
  {
    name: "unread is miscounted",
    invariant: "I7",
    mutate: (all) => {
      const told = pick(all, "unread");
      return replace(all, told, { ...told, unread: told.unread + 1 });
    },
  },
  {
    name: "a device missed an edit",
    invariant: "I8",
    mutate: (all) => showBefore(all, ({ content }) => content !== null),
  },
  {
    name: "a device missed where somebody stands",
    invariant: "I8",
    mutate: (all) => {
      const shown = pick(all, "viewed-conversation");
      const standings = shown.standings.map((standing) => ({ ...standing, deliveredSeq: standing.deliveredSeq + 1 }));
      return replace(all, shown, { ...shown, standings });
    },
  },
  {
    name: "a device still shows what was deleted",
    invariant: "I9",
    mutate: (all) => showBefore(all, ({ content }) => content === null),
  },
  { name: "a read shows what was deleted", invariant: "I9", mutate: readDeleted },
  { name: "what was deleted is told long after", invariant: "I9", mutate: tellDeleted },
  { name: "somebody who was removed hears what came after", invariant: "I10", mutate: hearAfterRemoval },
  { name: "somebody who was removed reads", invariant: "I10", mutate: readAfterRemoval },
  {
    name: "a participant of another conversation hears a message",
    invariant: "I12",
    mutate: (all) => {
      const heard = pick(all, "heard", ({ event }) => event.name === "message:new");
      return insertAfter(all, heard, { ...heard, userId: "stranger", device: "a stranger's device" });
    },
  },
  {
    name: "an outsider hears something",
    invariant: "I12",
    mutate: (all) => {
      const heard = pick(all, "heard");
      return insertAfter(all, heard, {
        ...heard,
        device: "outsider",
        event: { name: "other", text: "typing:updated" },
      });
    },
  },
  { name: "an outsider is let in", invariant: "I12", mutate: (all) => answerKnock(all, "{}") },
];

function changeStanding(
  records: readonly HistoryRecord[],
  change: (standing: Standing) => Partial<Standing>,
): HistoryRecord[] {
  const { ok } = pickDone(records, "look");
  const standings = (ok.answer.standings ?? []).map((standing) => ({ ...standing, ...change(standing) }));
  return replace(records, ok, { ...ok, answer: { ...ok.answer, standings } });
}

/** Some device shows a changed message as it was sent. */
function showBefore(records: readonly HistoryRecord[], fits: (message: Sighting) => boolean): HistoryRecord[] {
  const first = firstStates(records);
  const shown = pick(
    records,
    "viewed",
    ({ message }) => fits(message) && (first.get(message.id)?.version ?? message.version) < message.version,
  );
  return replace(records, shown, { ...shown, message: first.get(shown.message.id) ?? shown.message });
}

function readDeleted(records: readonly HistoryRecord[]): HistoryRecord[] {
  const first = firstStates(records);
  const { ok } = pickDone(records, "delete");
  const later = records.slice(records.indexOf(ok));
  const begunLater = new Set(later.flatMap((record) => (record.type === "invoke" ? [record.op] : [])));
  const read = later.find((record): record is Of<"ok"> => {
    if (record.type !== "ok" || !begunLater.has(record.op)) return false;
    return record.answer.messages?.some(({ id }) => id === ok.answer.message?.id) === true;
  });
  if (read === undefined) throw new Error("Nobody read after a deletion.");
  const messages = (read.answer.messages ?? []).map((message) =>
    message.id === ok.answer.message?.id ? (first.get(message.id) ?? message) : message,
  );
  return replace(records, read, { ...read, answer: { messages } });
}

function tellDeleted(records: readonly HistoryRecord[]): HistoryRecord[] {
  const { ok } = pickDone(records, "delete");
  const message = firstStates(records).get(ok.answer.message?.id ?? "");
  if (message === undefined) throw new Error("A message was deleted that was never sent.");
  const heard = pick(records, "heard");
  return insertAfter(records, ok, { ...heard, at: ok.at + 20_000, event: { name: "message:updated", message } });
}

/** Each message as it was acknowledged first. */
function firstStates(records: readonly HistoryRecord[]): Map<string, Sighting> {
  const first = new Map<string, Sighting>();
  for (const record of records) {
    const message = record.type === "ok" ? record.answer.message : undefined;
    if (message !== undefined && !first.has(message.id)) first.set(message.id, message);
  }
  return first;
}

interface Removal {
  readonly ok: Of<"ok">;
  readonly userId: string;
  readonly conversationId: string;
}

function pickRemoval(records: readonly HistoryRecord[]): Removal {
  const { invoke, ok } = pickDone(records, "remove");
  if (invoke.operation.do !== "remove") throw new Error("That is no removal.");
  const { userId, conversationId } = invoke.operation;
  return { ok, userId, conversationId };
}

function hearAfterRemoval(records: readonly HistoryRecord[]): HistoryRecord[] {
  const { ok, userId, conversationId } = pickRemoval(records);
  const message = pick(records, "stored", (stored) => stored.message.conversationId === conversationId).message;
  const sent = { clientMessageId: "after the removal", conversationId, body: "too late", do: "send" } as const;
  const at = ok.at + 1;
  const who = { device: userId, userId, connection: 1, server: "A", at };
  const told = { ...message, clientMessageId: sent.clientMessageId, content: sent.body, senderId: "ana" };
  const invoke = { type: "invoke", op: 9_999_999, at, by: "ana", server: "A", via: "http", patienceMs: 1 } as const;
  return insertAfter(
    records,
    ok,
    { ...invoke, operation: sent },
    { type: "heard", ...who, event: { name: "message:new", message: told } },
  );
}

function readAfterRemoval(records: readonly HistoryRecord[]): HistoryRecord[] {
  const { ok, userId, conversationId } = pickRemoval(records);
  const op = 9_999_999;
  const at = ok.at + 1;
  const invoke = { type: "invoke", op, at, by: userId, server: "A", via: "http", patienceMs: 1 } as const;
  return insertAfter(
    records,
    ok,
    { ...invoke, operation: { do: "read", conversationId } },
    { type: "ok", op, at, answer: { messages: [] } },
  );
}

function answerKnock(records: readonly HistoryRecord[], text: string): HistoryRecord[] {
  const knock = pick(records, "invoke", ({ operation }) => operation.do === "knock" && !operation.harmless);
  return records.map((record) =>
    record.type === "refused" && record.op === knock.op
      ? { type: "ok", op: record.op, at: record.at, answer: { text } }
      : record,
  );
}
