import type { Message } from "@parley/protocol";
import type { UserActor } from "../auth/actor.ts";
import { type ChangeDeps, changeOwnMessage, unchanged } from "./change-message.ts";
import { leaveTombstone } from "./store.ts";

/**
 * Deletes an own message; a tombstone without mentions, reactions and pin stays. Deleting it again changes nothing.
 * @throws AppError `not_found`, `forbidden`, `conversation_locked`, `conversation_archived`
 */
export const deleteMessage = (deps: ChangeDeps, actor: UserActor, messageId: string): Promise<Message> =>
  changeOwnMessage(deps, actor, messageId, async (tx, own) => {
    if (own.deleted_at !== null) return unchanged;
    const [changed] = await tx.query(leaveTombstone, [messageId]);
    return changed;
  });
