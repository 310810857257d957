import type { HistoryRecord, Sighting } from "../history/history.ts";
import type { Check, Tell } from "./invariants.ts";
import { describe, type Ended, type Ledger } from "./ledger.ts";

/** Time enough for a busy machine; what is not told at all is only found by a digest, later. */
const TOLD_WITHIN_MS = 10_000;

interface Owed {
  readonly at: number;
  readonly message: Sighting;
  /** Connections that have not heard it yet. */
  readonly waiting: Set<string>;
}

/**
 * Until something is broken for the first time, whoever was connected when a message was sent, on whichever server, hears it: clients
 * would heal what is not told, and hide it (I1).
 */
export function checkLive(ledger: Ledger, tell: Tell): Check {
  const open = new Map<string, { userId: string; since: number }>();
  /** In the order of their acknowledgements. */
  const owed = new Map<string, Owed>();
  /** By message: who heard it before it was acknowledged. */
  const early = new Map<string, Set<string>>();
  let isOver = false;

  function acknowledged({ op, at }: Ended, message: Sighting | undefined): void {
    const invoke = ledger.open.get(op);
    const sent = message && ledger.sentAs(message);
    if (invoke?.operation.do !== "send" || message === undefined || sent === undefined || owed.has(message.id)) return;
    const waiting = new Set<string>();
    for (const [connection, { userId, since }] of open) {
      const isSteady =
        ledger.takesPart(message.conversationId, userId) && !ledger.isUnsteady(message.conversationId, userId);
      if (isSteady && since < sent.invokedAt && !early.get(message.id)?.has(connection)) waiting.add(connection);
    }
    early.delete(message.id);
    owed.set(message.id, { at, message, waiting });
  }

  function heard(connection: string, { id }: Sighting): void {
    const known = owed.get(id);
    if (known !== undefined) known.waiting.delete(connection);
    else early.set(id, (early.get(id) ?? new Set()).add(connection));
  }

  function requireTold(now: number): void {
    for (const { at, message, waiting } of owed.values()) {
      if (at + TOLD_WITHIN_MS > now) return;
      if (waiting.size > 0) {
        tell("I1", `${[...waiting].join(", ")} did not hear ${describe(message)} within ${TOLD_WITHIN_MS} ms`);
        waiting.clear();
      }
    }
  }

  return {
    add: (record: HistoryRecord) => {
      isOver ||= record.type === "broken" || record.type === "stalled" || record.type === "view";
      if (isOver) return;
      if ("at" in record) requireTold(record.at);
      if (record.type === "ok") acknowledged(record, record.answer.message);
      if (!("connection" in record)) return;
      const connection = `${record.device} (connection ${record.connection})`;
      if (record.type === "connected") open.set(connection, { userId: record.userId, since: record.at });
      else if (record.type === "heard" && record.event.name === "message:new") heard(connection, record.event.message);
      else if (record.type === "disconnected") {
        open.delete(connection);
        for (const { waiting } of owed.values()) waiting.delete(connection);
      }
    },
  };
}
