import type { HistoryRecord, Sighting, Standing } from "../history/history.ts";
import type { Check, Tell } from "./invariants.ts";
import { addTo, describe, type Ledger, missingOf, pairOf } from "./ledger.ts";

type Of<Type extends HistoryRecord["type"]> = Extract<HistoryRecord, { type: Type }>;

interface View {
  readonly device: string;
  readonly userId: string;
  readonly kind: string;
  readonly seqs: Map<string, Set<number>>;
}

/** At the end every device shows every message of its conversations (I1), once (I2), as the database has it (I8). */
export function checkViews(ledger: Ledger, tell: Tell): Check {
  const stored = new Map<string, Sighting>();
  const participants = new Map<string, Of<"participant">>();
  const views = new Map<string, View>();

  function viewed({ device, kind, message }: Of<"viewed">): void {
    const view = views.get(`${device} ${kind}`);
    if (view === undefined) throw new Error(`${device} shows a message of a view that it did not begin.`);
    const what = `${device} (${kind})`;
    if (!addTo(view.seqs, message.conversationId, message.seq)) tell("I2", `${what} holds ${describe(message)} twice`);
    if (!participants.has(pairOf(message.conversationId, view.userId))) {
      tell("I10", `${what} shows ${describe(message)} and takes no part there`);
    }
    const truth = stored.get(placeOf(message));
    if (truth === undefined) return tell("I1", `${what} shows ${describe(message)}, which is not stored`);
    if (truth.version !== message.version || truth.content !== message.content) {
      tell("I8", `${what} shows ${describe(message)} as "${message.content}", stored is ${describe(truth)}`);
      if (truth.content === null) tell("I9", `${what} still shows the deleted ${describe(message)}`);
    }
  }

  function conversationViewed({ device, conversationId, standings, unread }: Of<"viewed-conversation">): void {
    for (const standing of standings) {
      const truth = participants.get(pairOf(conversationId, standing.userId))?.standing;
      if (truth === undefined || !isSame(truth, standing)) {
        tell(
          "I8",
          `${device} has ${JSON.stringify(standing)} in ${conversationId}, stored is ${JSON.stringify(truth)}`,
        );
      }
    }
    const own = [...views.values()].find((view) => view.device === device)?.userId ?? "";
    const counted = participants.get(pairOf(conversationId, own))?.unread;
    if (counted !== unread) tell("I7", `${device} shows ${unread} unread in ${conversationId}, counted are ${counted}`);
  }

  function judge({ device, userId, kind, seqs }: View): void {
    for (const [conversationId, lastSeq] of ledger.lastSeqs) {
      if (!participants.has(pairOf(conversationId, userId))) continue;
      const missing = missingOf(seqs.get(conversationId) ?? new Set(), lastSeq);
      if (missing.length === 0) continue;
      const list = missing.slice(0, 5).join(", ");
      tell("I1", `${device} (${kind}) lacks ${missing.length} of ${conversationId}: seq ${list}`);
    }
  }

  return {
    add: (record) => {
      if (record.type === "stored") stored.set(placeOf(record.message), record.message);
      else if (record.type === "participant") {
        participants.set(pairOf(record.conversationId, record.standing.userId), record);
      } else if (record.type === "view") {
        views.set(`${record.device} ${record.kind}`, { ...record, seqs: new Map() });
      } else if (record.type === "viewed") viewed(record);
      else if (record.type === "viewed-conversation") conversationViewed(record);
    },
    finish: () => {
      for (const view of views.values()) judge(view);
    },
  };
}

const placeOf = ({ conversationId, seq }: Sighting): string => `${conversationId} ${seq}`;

const isSame = (one: Standing, other: Standing): boolean =>
  one.readSeq === other.readSeq && one.deliveredSeq === other.deliveredSeq;
