import type { Message, Reaction } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import type { Transaction } from "../../platform/db/database.ts";
import type { UserActor } from "../auth/actor.ts";
import { type ChangeDeps, changeMessage, unchanged } from "../messages/change-message.ts";
import { requirePolicy } from "../messages/require-policy.ts";
import { requireRate } from "../messages/require-rate.ts";
import { type LockedMessageRow, updateReactions } from "../messages/store.ts";
import { withoutReaction, withReaction } from "./change-reactions.ts";

type ReactDeps = ChangeDeps & Pick<Deps, "limiter" | "conversationTypes">;

interface Input {
  messageId: string;
  emoji: string;
}

/**
 * Reacts to a message, also where only admins write. The same reaction again changes nothing.
 * @throws AppError `not_found`, `message_deleted`, `too_many_reactions`, `rate_limited`, `conversation_locked`,
 *   `conversation_archived`
 */
export const addReaction = (deps: ReactDeps, actor: UserActor, { messageId, emoji }: Input): Promise<Message> =>
  changeMessage(deps, actor, messageId, (tx, message) => {
    if (message.deleted_at !== null) throw new AppError("message_deleted");
    return store(deps, actor, tx, message, (reactions) => withReaction(reactions, emoji, actor.userId));
  });

/**
 * Takes an own reaction back. One that is not there changes nothing.
 * @throws AppError `not_found`, `rate_limited`, `conversation_locked`, `conversation_archived`
 */
export const removeReaction = (deps: ReactDeps, actor: UserActor, { messageId, emoji }: Input): Promise<Message> =>
  changeMessage(deps, actor, messageId, (tx, message) =>
    store(deps, actor, tx, message, (reactions) => withoutReaction(reactions, emoji, actor.userId)),
  );

async function store(
  deps: ReactDeps,
  actor: UserActor,
  tx: Transaction,
  message: LockedMessageRow,
  change: (reactions: readonly Reaction[]) => readonly Reaction[],
) {
  const before = message.reactions ?? [];
  const after = change(before);
  if (after === before) return unchanged;
  await requireRate(deps, actor, requirePolicy(deps, message.type), "change");
  const [changed] = await tx.query(updateReactions, [message.id, after.length === 0 ? null : JSON.stringify(after)]);
  return changed;
}
