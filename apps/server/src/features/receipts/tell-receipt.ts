import type { Receipt } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import type { MovedPositions } from "./store.ts";

/** Tells a person's positions to everybody who takes part, to each as they see them: mostly that is the same for all. */
export function tellReceipt(
  { fanOut }: Pick<Deps, "fanOut">,
  row: MovedPositions & { conversation_id: string; user_id: string },
  recipients: readonly string[],
): void {
  const { conversation_id: conversationId, user_id: userId } = row;
  const receipt: Receipt = { conversationId, userId, readSeq: row.read_seq, deliveredSeq: row.delivered_seq };
  if (row.shown_read_seq === row.read_seq) {
    fanOut.toParticipants(conversationId, recipients, "receipt:updated", receipt);
    return;
  }
  fanOut.toParticipants(conversationId, [userId], "receipt:updated", receipt);
  // Also when somebody read is not told to others, so not that nothing moved either.
  if (!row.others_moved) return;
  const others = recipients.filter((id) => id !== userId);
  const shown = { ...receipt, readSeq: row.shown_read_seq };
  fanOut.toParticipants(conversationId, others, "receipt:updated", shown);
}
