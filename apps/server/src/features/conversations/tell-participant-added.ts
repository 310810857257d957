import type { Deps } from "../../deps.ts";
import type { ConversationRow } from "./conversation-row.ts";
import { presentConversation } from "./present-conversation.ts";
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
  fanOut.toParticipants(row.id, participantIds(row), "participant:added", {
    conversationId: row.id,
    userId,
    role: added.role,
    user: added.user,
    readSeq: added.readSeq,
    deliveredSeq: added.deliveredSeq,
    version,
  });
}
