import type { Message } from "@parley/protocol";
import type { UserActor } from "../auth/actor.ts";
import { type ChangeDeps, changeOwnMessage, unchanged } from "./change-own-message.ts";
import { leaveTombstone } from "./store.ts";

/**
 * Deletes an own message; a tombstone stays. Deleting it again changes nothing.
 * @throws AppError `not_found`, `forbidden`, `conversation_locked`, `conversation_archived`
 */
export async function deleteMessage(deps: ChangeDeps, actor: UserActor, messageId: string): Promise<Message> {
  const { message, recipients } = await changeOwnMessage(deps, actor, messageId, async (tx, own) => {
    if (own.deleted_at !== null) return unchanged;
    const [changed] = await tx.query(leaveTombstone, [messageId]);
    return changed;
  });
  if (recipients && message.deletedAt !== null) {
    const { conversationId, id, seq, version, deletedAt } = message;
    deps.fanOut.toParticipants(conversationId, recipients, "message:deleted", {
      conversationId,
      messageId: id,
      seq,
      version,
      deletedAt,
    });
  }
  return message;
}
