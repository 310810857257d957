import { type HistoryRecord, keyOfMessage, sendKey, type Sighting } from "../history/history.ts";
import type { Check, Tell } from "./invariants.ts";
import { addTo, describe, type Invoke, type Ledger, missingOf, type Sent } from "./ledger.ts";

/**
 * What became of each send: acknowledged means stored (I1), once, with one answer for all repeats (I2), at a place behind
 * everything that was acknowledged before (I5). The database's seqs are 1 to n (I4). Nobody is refused (I15).
 */
export function checkSends(ledger: Ledger, tell: Tell): Check {
  const stored = new Map<string, Set<number>>();

  function answered(invoke: Invoke, message: Sighting | undefined): void {
    if (invoke.operation.do !== "send") return;
    const { conversationId, clientMessageId } = invoke.operation;
    const key = sendKey(conversationId, invoke.by, clientMessageId);
    const sent = ledger.sent.get(key);
    if (sent === undefined || message === undefined || keyOfMessage(message) !== key) {
      return tell("I3", `${key} was answered with ${message && describe(message)}`);
    }
    if (sent.acked !== null && (sent.acked.id !== message.id || sent.acked.seq !== message.seq)) {
      tell("I2", `${describe(sent.acked)} was answered again as ${describe(message)}`);
    }
    sent.acked ??= message;
  }

  function inDatabase(message: Sighting): void {
    addTo(stored, message.conversationId, message.seq);
    const sent = ledger.sentAs(message);
    if (sent === undefined) return;
    if (sent.storedAt !== null) tell("I2", `${describe(message)} also stands at seq ${sent.storedAt}`);
    sent.storedAt ??= message.seq;
  }

  function refused(invoke: Invoke, code: string): void {
    const { operation, by } = invoke;
    // Somebody's own earlier attempt, whose answer was lost, may have deleted it.
    if (operation.do === "edit" && code === "message_deleted" && wasDeleted(operation.messageId)) return;
    if (operation.do === "send" || operation.do === "edit" || operation.do === "delete" || operation.do === "move") {
      tell("I15", `${operation.do} of ${by} in ${operation.conversationId} was refused: ${code}`);
    }
  }

  const wasDeleted = (messageId: string): boolean => ledger.changes.get(messageId)?.deleteInvokedAt != null;

  function judge(key: string, sent: Sent, lastOfSender: Map<string, number>): void {
    const { acked, storedAt, floor, userId, conversationId } = sent;
    if (acked !== null && storedAt === null) tell("I1", `${key} was acknowledged and is not stored`);
    if (storedAt === null) return;
    if (acked !== null && acked.seq !== storedAt) {
      tell("I4", `${key} was acknowledged as seq ${acked.seq} and is stored as ${storedAt}`);
    }
    if (storedAt <= floor) tell("I5", `${key} has seq ${storedAt}, but seq ${floor} had been acknowledged before`);
    const sender = `${userId} ${conversationId}`;
    const before = lastOfSender.get(sender) ?? 0;
    if (storedAt <= before) tell("I5", `${key} has seq ${storedAt}, after the sender's seq ${before}`);
    lastOfSender.set(sender, storedAt);
  }

  return {
    add: (record: HistoryRecord) => {
      if (record.type === "stored") return inDatabase(record.message);
      if (record.type !== "ok" && record.type !== "refused") return;
      const invoke = ledger.open.get(record.op);
      if (invoke === undefined) throw new Error(`Nobody asked for operation ${record.op}.`);
      if (record.type === "ok") answered(invoke, record.answer.message);
      else refused(invoke, record.code);
    },
    finish: () => {
      for (const [conversationId, lastSeq] of ledger.lastSeqs) {
        const seqs = stored.get(conversationId) ?? new Set();
        const missing = missingOf(seqs, lastSeq);
        if (missing.length > 0) tell("I4", `${conversationId} lacks seq ${missing.slice(0, 5).join(", ")}`);
        if (seqs.size + missing.length > lastSeq) tell("I4", `${conversationId} goes beyond its last seq ${lastSeq}`);
      }
      const lastOfSender = new Map<string, number>();
      for (const [key, sent] of ledger.sent) judge(key, sent, lastOfSender);
    },
  };
}
