import type { HistoryRecord, Standing } from "../history/history.ts";
import type { Check, Tell } from "./invariants.ts";
import { type Ledger, pairOf, raise } from "./ledger.ts";

/**
 * Where somebody stands never goes back behind what was acknowledged, or seen, before the look was asked for; read ≤
 * delivered ≤ last seq wherever it is seen; and what the server calls unread is what counting gives (all I7).
 */
export function checkPositions(ledger: Ledger, tell: Tell): Check {
  /** By conversation and user: the read position that is certain. */
  const certain = new Map<string, number>();
  /** By conversation, a copy of the above for each look that is under way. */
  const looks = new Map<number, ReadonlyMap<string, number>>();
  const counted = new Map<string, number>();

  /** Who was let in again starts anew. */
  const isSteady = (conversationId: string, userId: string) => !ledger.isUnsteady(conversationId, userId);

  function requireSane(conversationId: string, { userId, readSeq, deliveredSeq }: Standing, lastSeq: number | null) {
    const where = `${userId} in ${conversationId}`;
    if (readSeq > deliveredSeq) tell("I7", `${where} has read ${readSeq} of ${deliveredSeq} delivered`);
    if (lastSeq !== null && deliveredSeq > lastSeq) tell("I7", `${where} got ${deliveredSeq} of ${lastSeq} there are`);
  }

  function requireAtLeast(conversationId: string, { userId, readSeq }: Standing, bound: number): void {
    if (readSeq >= bound || !isSteady(conversationId, userId)) return;
    tell("I7", `${userId} in ${conversationId} stands at ${readSeq}, and has been at ${bound}`);
  }

  function answered(record: Extract<HistoryRecord, { type: "ok" }>): void {
    const invoke = ledger.open.get(record.op);
    if (invoke === undefined) return;
    const { operation, by } = invoke;
    const { message, standings = [], lastSeq = null } = record.answer;
    if (operation.do === "move" && by !== null) raise(certain, pairOf(operation.conversationId, by), operation.seq);
    if (operation.do === "send" && by !== null && message !== undefined) {
      raise(certain, pairOf(operation.conversationId, by), message.seq);
    }
    if (operation.do !== "look") return;
    const bounds = looks.get(record.op);
    looks.delete(record.op);
    for (const standing of standings) {
      requireSane(operation.conversationId, standing, lastSeq);
      requireAtLeast(operation.conversationId, standing, bounds?.get(standing.userId) ?? 0);
      raise(certain, pairOf(operation.conversationId, standing.userId), standing.readSeq);
    }
  }

  function looked(op: number, conversationId: string): void {
    const users = ledger.members.get(conversationId) ?? [];
    looks.set(
      op,
      new Map([...users].map((userId) => [userId, certain.get(pairOf(conversationId, userId)) ?? 0] as const)),
    );
  }

  return {
    add: (record) => {
      switch (record.type) {
        case "invoke":
          if (record.operation.do === "look") looked(record.op, record.operation.conversationId);
          break;
        case "ok":
          answered(record);
          break;
        case "heard":
          if (record.event.name === "receipt:updated") {
            requireSane(record.event.conversationId, record.event.standing, null);
          }
          break;
        case "participant": {
          const { conversationId, standing } = record;
          const pair = pairOf(conversationId, standing.userId);
          requireSane(conversationId, standing, ledger.lastSeqs.get(conversationId) ?? 0);
          requireAtLeast(conversationId, standing, certain.get(pair) ?? 0);
          counted.set(pair, record.unread);
          break;
        }
        case "unread": {
          const count = counted.get(pairOf(record.conversationId, record.userId));
          if (count !== record.unread) {
            tell(
              "I7",
              `${record.userId} has ${record.unread} unread in ${record.conversationId}, counted are ${count}`,
            );
          }
          break;
        }
        default:
      }
    },
  };
}
