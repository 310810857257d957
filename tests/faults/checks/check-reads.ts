import type { HistoryRecord, Sighting } from "../history/history.ts";
import type { Check, Tell } from "./invariants.ts";
import { describe, type Ledger } from "./ledger.ts";

/** What a read may not fall behind: what had been acknowledged when it was asked for. */
interface Bound {
  readonly seq: number;
  /** By message: the version of its last acknowledged change, and whether that was a deletion. */
  readonly changed: ReadonlyMap<string, { readonly version: number; readonly deleted: boolean }>;
}

/** The newest messages of a conversation that any page shows. */
const NEWEST = 200;

/**
 * A read of the newest page holds everything that was acknowledged before it was asked for, on whatever server (I6), without
 * a hole (I4), and nothing that was deleted before (I9).
 */
export function checkReads(ledger: Ledger, tell: Tell): Check {
  const bounds = new Map<number, Bound>();
  /** By conversation: which of its messages were changed lately. */
  const changed = new Map<string, string[]>();

  function boundOf(conversationId: string): Bound {
    const ids = changed.get(conversationId) ?? [];
    return {
      seq: ledger.ackedUpTo.get(conversationId) ?? 0,
      changed: new Map(
        ids.flatMap((id) => {
          const changes = ledger.changes.get(id);
          return changes === undefined
            ? []
            : [[id, { version: changes.ackedVersion, deleted: changes.deletedAt !== null }] as const];
        }),
      ),
    };
  }

  function judge(conversationId: string, bound: Bound, messages: readonly Sighting[]): void {
    const last = messages.at(-1)?.seq ?? 0;
    if (last < bound.seq) tell("I6", `a read of ${conversationId} ended at seq ${last}, acknowledged was ${bound.seq}`);
    for (const [index, message] of messages.entries()) {
      const next = messages[index + 1];
      if (next !== undefined && next.seq !== message.seq + 1) tell("I4", `a page jumps from ${describe(message)}`);
      const change = bound.changed.get(message.id);
      if (change === undefined || message.version >= change.version) continue;
      tell("I6", `a read has ${describe(message)}, acknowledged was version ${change.version}`);
      if (change.deleted && message.content !== null) tell("I9", `a read shows the deleted ${describe(message)}`);
    }
  }

  return {
    add: (record: HistoryRecord) => {
      if (record.type === "invoke" && record.operation.do === "read") {
        bounds.set(record.op, boundOf(record.operation.conversationId));
      }
      if (record.type !== "ok" && record.type !== "unknown" && record.type !== "refused") return;
      const operation = ledger.open.get(record.op)?.operation;
      const bound = bounds.get(record.op);
      bounds.delete(record.op);
      if (record.type !== "ok") return;
      if (operation?.do === "edit" || operation?.do === "delete") {
        const ids = changed.get(operation.conversationId) ?? [];
        changed.set(operation.conversationId, [...ids, operation.messageId].slice(-NEWEST));
      }
      if (operation?.do === "read" && bound) judge(operation.conversationId, bound, record.answer.messages ?? []);
    },
  };
}
