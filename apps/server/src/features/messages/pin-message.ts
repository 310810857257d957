import { limits, type Message } from "@parley/protocol";
import { AppError } from "../../platform/app-error.ts";
import type { Transaction } from "../../platform/db/database.ts";
import type { UserActor } from "../auth/actor.ts";
import { type ChangeDeps, changeMessage, unchanged } from "./change-message.ts";
import { requireWriter } from "./policy.ts";
import { requirePolicy } from "./require-policy.ts";
import { countPins, setPin, takePin } from "./store.ts";

/**
 * Pins a message for everybody in its conversation. One that is pinned stays as it is.
 * @throws AppError `not_found`, `message_deleted`, `too_many_pins`, `rate_limited`, `overloaded`, `conversation_locked`,
 *   `conversation_archived`, `writers_only`
 */
export const pinMessage = (deps: ChangeDeps, actor: UserActor, messageId: string): Promise<Message> =>
  changeMessage(deps, actor, messageId, {
    judge: (message) => {
      requireWriter(requirePolicy(deps, message.type).policy, message.role);
      if (message.deleted_at !== null) throw new AppError("message_deleted");
      if (message.pinned_at !== null) return unchanged;
      return async (tx) => {
        await requireRoomForPin(tx, message.conversation_id);
        return (await tx.query(setPin, [messageId, actor.userId]))[0];
      };
    },
  });

/**
 * Unpins a message, whoever pinned it. One that is not pinned stays as it is.
 * @throws AppError `not_found`, `rate_limited`, `overloaded`, `conversation_locked`, `conversation_archived`, `writers_only`
 */
export const unpinMessage = (deps: ChangeDeps, actor: UserActor, messageId: string): Promise<Message> =>
  changeMessage(deps, actor, messageId, {
    judge: (message) => {
      requireWriter(requirePolicy(deps, message.type).policy, message.role);
      return message.pinned_at === null ? unchanged : async (tx) => (await tx.query(takePin, [messageId]))[0];
    },
  });

/** The conversation is locked: nobody pins at the same moment. */
async function requireRoomForPin(tx: Transaction, conversationId: string): Promise<void> {
  const [count] = await tx.query(countPins, [conversationId]);
  if ((count?.pins ?? 0) < limits.pinsPerConversation) return;
  throw new AppError("too_many_pins", { detail: `At most ${limits.pinsPerConversation} are pinned at once.` });
}
