import type { Message } from "@parley/protocol";
import type { UserActor } from "../auth/actor.ts";
import { type ChangeDeps, changeOwnMessage, unchanged } from "./change-message.ts";
import { leaveTombstone } from "./store.ts";

/**
 * Deletes an own message; a tombstone without mentions, reactions and pin stays. Deleting it again changes nothing. The
 * rate of the conversation type does not hold it up.
 * @throws AppError `not_found`, `forbidden`, `rate_limited`, `overloaded`, `conversation_locked`, `conversation_archived`
 */
export const deleteMessage = (deps: ChangeDeps, actor: UserActor, messageId: string): Promise<Message> =>
  changeOwnMessage(deps, actor, messageId, {
    isFree: true,
    judge: (own) =>
      own.deleted_at === null ? async (tx) => (await tx.query(leaveTombstone, [messageId]))[0] : unchanged,
  });
