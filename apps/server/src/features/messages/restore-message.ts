import type { Message } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import type { UserActor } from "../auth/actor.ts";
import { type ChangeDeps, changeOwnMessage, unchanged } from "./change-message.ts";
import { requireUndoWindow } from "./policy.ts";
import { takeDeletionBack } from "./store.ts";

/**
 * Takes the deletion of an own message back: text and mentions are there again, reactions and the pin are not. One that is
 * not deleted stays as it is.
 * @throws AppError `not_found`, `forbidden`, `undo_window_closed`, `rate_limited`, `overloaded`, `conversation_locked`,
 *   `conversation_archived`
 */
export const restoreMessage = (
  deps: ChangeDeps & Pick<Deps, "clock">,
  actor: UserActor,
  messageId: string,
): Promise<Message> =>
  changeOwnMessage(deps, actor, messageId, {
    judge: (own) => {
      if (own.deleted_at === null) return unchanged;
      requireUndoWindow(Date.parse(own.deleted_at), deps.clock.now());
      return async (tx) => (await tx.query(takeDeletionBack, [messageId]))[0];
    },
  });
