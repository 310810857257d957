import type { Message, Reaction } from "@parley/protocol";
import { AppError } from "../../platform/app-error.ts";
import type { UserActor } from "../auth/actor.ts";
import { type Change, type ChangeDeps, changeMessage, unchanged } from "../messages/change-message.ts";
import { type ChangeableRow, updateReactions } from "../messages/store.ts";
import { withoutReaction, withReaction } from "./change-reactions.ts";

interface Input {
  messageId: string;
  emoji: string;
}

/**
 * Reacts to a message, also where only admins write. The same reaction again changes nothing.
 * @throws AppError `not_found`, `message_deleted`, `too_many_reactions`, `too_many_own_reactions`, `rate_limited`,
 *   `overloaded`, `conversation_locked`, `conversation_archived`
 */
export const addReaction = (deps: ChangeDeps, actor: UserActor, { messageId, emoji }: Input): Promise<Message> =>
  changeMessage(deps, actor, messageId, {
    judge: (message) => {
      if (message.deleted_at !== null) throw new AppError("message_deleted");
      return store(message, (reactions) => withReaction(reactions, emoji, actor.userId));
    },
  });

/**
 * Takes an own reaction back. One that is not there changes nothing.
 * @throws AppError `not_found`, `rate_limited`, `overloaded`, `conversation_locked`, `conversation_archived`
 */
export const removeReaction = (deps: ChangeDeps, actor: UserActor, { messageId, emoji }: Input): Promise<Message> =>
  changeMessage(deps, actor, messageId, {
    judge: (message) => store(message, (reactions) => withoutReaction(reactions, emoji, actor.userId)),
  });

function store(
  message: ChangeableRow,
  change: (reactions: readonly Reaction[]) => readonly Reaction[],
): ReturnType<Change["judge"]> {
  const before = message.reactions ?? [];
  const after = change(before);
  if (after === before) return unchanged;
  const values = [message.id, after.length === 0 ? null : JSON.stringify(after)];
  return async (tx) => (await tx.query(updateReactions, values))[0];
}
