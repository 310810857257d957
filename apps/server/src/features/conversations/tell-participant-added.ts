import type { Deps } from "../../deps.ts";
import type { ConversationRow } from "./conversation-row.ts";
import { blindIds, presentConversation } from "./present-conversation.ts";
import { participantIds } from "./tell-conversation.ts";

/**
 * Tells everybody who takes part that somebody joined or got another role.
 * @param version of this very change: the row may be some changes further
 */
export function tellParticipantAdded(
  { fanOut }: Pick<Deps, "fanOut">,
  row: ConversationRow,
  userId: string,
  version: number,
): void {
  const { participants } = presentConversation(row, null);
  const added = participants.find(({ user }) => user.id === userId);
  if (added === undefined) return;
  const { role, user, readSeq, deliveredSeq } = added;
  const payload = { conversationId: row.id, userId, role, user, readSeq, deliveredSeq, version };
  const blind = new Set(blindIds(row).filter((id) => id !== userId));
  const seeing = participantIds(row).filter((id) => !blind.has(id));
  fanOut.toParticipants(row.id, seeing, "participant:added", payload);
  if (blind.size > 0) fanOut.toParticipants(row.id, [...blind], "participant:added", { ...payload, readSeq: 0 });
}
