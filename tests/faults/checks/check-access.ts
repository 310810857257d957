import { CANARY } from "../history/canary.ts";
import type { Heard, HistoryRecord } from "../history/history.ts";
import type { Check, Tell } from "./invariants.ts";
import { type Ended, type Ledger, pairOf } from "./ledger.ts";

type HeardRecord = Extract<HistoryRecord, { type: "heard" }>;

/** What carries no version may come so much after a removal, in milliseconds: five seconds without Redis, and the way. */
const FLEETING_MS = 6_000;

/**
 * From the acknowledged removal on, until the person is let in again: nothing that was begun later reaches them, and their
 * reads find nothing (I10). An outsider gets nothing at all (I12).
 */
export function checkAccess(ledger: Ledger, tell: Tell): Check {
  /** Pairs of conversation and user, and since when they are out for certain. */
  const out = new Map<string, number>();
  /** Reads that must find nothing, and since when their reader is out. */
  const futile = new Map<number, number>();

  function heard({ at, userId, device, event }: HeardRecord): void {
    if (event.name === "other") return tell("I12", `${device} heard ${event.text}`);
    const conversationId = conversationOf(event);
    if (!ledger.takesPart(conversationId, userId)) {
      return tell("I12", `${device} of ${userId} heard ${JSON.stringify(event)} and takes no part`);
    }
    const since = out.get(pairOf(conversationId, userId));
    if (since === undefined) return;
    const begun = begunAt(event) ?? at - FLEETING_MS;
    if (begun > since) {
      tell("I10", `${device} of ${userId} heard ${JSON.stringify(event)}, begun ${begun - since} ms after the removal`);
    }
  }

  /** When it was first asked for; null for what carries no version. */
  function begunAt(event: Exclude<Heard, { name: "other" }>): number | null {
    switch (event.name) {
      case "message:new":
        return ledger.sentAs(event.message)?.invokedAt ?? null;
      case "message:updated":
        return ledger.changes.get(event.message.id)?.edits.get(event.message.content ?? "") ?? null;
      case "message:deleted":
        return ledger.changes.get(event.messageId)?.deleteInvokedAt ?? null;
      default:
        return null;
    }
  }

  function ended(record: Ended): void {
    const invoke = ledger.open.get(record.op);
    if (invoke === undefined) return;
    const { operation, by } = invoke;
    if (operation.do === "knock" && record.type !== "unknown") {
      const text = record.type === "ok" ? (record.answer.text ?? "") : record.code;
      const allowed = operation.harmless || record.type === "refused";
      if (!allowed || text.includes(CANARY)) tell("I12", `${by} tried ${operation.what} and got ${text.slice(0, 200)}`);
    }
    if (operation.do === "remove" && record.type === "ok") {
      out.set(pairOf(operation.conversationId, operation.userId), record.at);
    }
    if (operation.do !== "read" && operation.do !== "look") return;
    const since = futile.get(record.op);
    futile.delete(record.op);
    const isStillOut = since !== undefined && out.get(pairOf(operation.conversationId, by ?? "")) === since;
    if (isStillOut && record.type === "ok") tell("I10", `${by} was removed and could ${operation.do} all the same`);
  }

  return {
    add: (record) => {
      if (record.type === "heard") heard(record);
      else if (record.type === "ok" || record.type === "unknown" || record.type === "refused") ended(record);
      else if (record.type === "invoke") {
        const { operation } = record;
        // From here on they may be in again.
        if (operation.do === "add") out.delete(pairOf(operation.conversationId, operation.userId));
        if (operation.do !== "read" && operation.do !== "look") return;
        const since = out.get(pairOf(operation.conversationId, record.by ?? ""));
        if (since !== undefined) futile.set(record.op, since);
      }
    },
  };
}

const conversationOf = (event: Exclude<Heard, { name: "other" }>): string =>
  "message" in event ? event.message.conversationId : event.conversationId;
