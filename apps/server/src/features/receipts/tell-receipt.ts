import type { Receipt } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import type { MovedPositions } from "./store.ts";

interface Audience {
  /** Everybody who takes part. */
  readonly recipients: readonly string[];
  /** Those of them who do not tell what they read: they are not told either. */
  readonly blind: readonly string[];
}

type Told = MovedPositions & { conversation_id: string; user_id: string };

/** Tells a person's positions to everybody who takes part, to each as they see them: mostly that is the same for all. */
export function tellReceipt({ fanOut }: Pick<Deps, "fanOut">, row: Told, { recipients, blind }: Audience): void {
  const { conversation_id: conversationId, user_id: userId } = row;
  const receipt: Receipt = { conversationId, userId, readSeq: row.read_seq, deliveredSeq: row.delivered_seq };
  const tell = (to: readonly string[], readSeq: number) => {
    if (to.length > 0) fanOut.toParticipants(conversationId, to, "receipt:updated", { ...receipt, readSeq });
  };
  const kept = new Set(blind.filter((id) => id !== userId));
  const seeing = kept.size === 0 ? recipients : recipients.filter((id) => !kept.has(id));
  if (row.shown_read_seq === row.read_seq) tell(seeing, row.read_seq);
  else {
    tell([userId], row.read_seq);
    // Also when somebody read is not told to others, so not that nothing moved either.
    if (row.others_moved) {
      tell(
        seeing.filter((id) => id !== userId),
        row.shown_read_seq,
      );
    }
  }
  if (row.delivered_moved) tell([...kept], 0);
}
