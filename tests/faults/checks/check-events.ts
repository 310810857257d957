import type { HistoryRecord } from "../history/history.ts";
import type { Check, Tell } from "./invariants.ts";
import { describe, type Ledger, raise } from "./ledger.ts";

type HeardRecord = Extract<HistoryRecord, { type: "heard" }>;

/** Longer than anything is held up on its way while something is broken, in milliseconds. */
const LATE_MS = 15_000;

/**
 * On one connection, new messages of a conversation that came in through one server come in their order (I4); from two
 * servers they may cross, and devices put them right by their versions. What was deleted is not told late (I9).
 */
export function checkEvents(ledger: Ledger, tell: Tell): Check {
  const heardUpTo = new Map<string, number>();

  function requireOrder({ device, connection, event }: HeardRecord): void {
    if (event.name !== "message:new") return;
    const { conversationId, seq } = event.message;
    const servers = ledger.sentAs(event.message)?.servers;
    // Tried at two servers, it may have been told by either.
    if (servers === undefined || servers.size !== 1) return;
    const stream = `${device} ${connection} ${conversationId} ${[...servers].join()}`;
    const before = heardUpTo.get(stream) ?? 0;
    if (seq <= before) tell("I4", `${device} heard ${describe(event.message)} after seq ${before}`);
    raise(heardUpTo, stream, seq);
  }

  function requireAlive({ at, device, event }: HeardRecord): void {
    if (!("message" in event) || event.message.content === null) return;
    const deletedAt = ledger.changes.get(event.message.id)?.deletedAt;
    if (deletedAt == null || at < deletedAt + LATE_MS) return;
    tell("I9", `${device} heard ${describe(event.message)} ${Math.round(at - deletedAt)} ms after it was deleted`);
  }

  return {
    add: (record) => {
      if (record.type !== "heard") return;
      requireOrder(record);
      requireAlive(record);
    },
  };
}
