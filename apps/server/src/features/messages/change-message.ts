import type { Message } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError, notFound } from "../../platform/app-error.ts";
import type { Transaction } from "../../platform/db/database.ts";
import { requireBudget } from "../../platform/limits/require-budget.ts";
import { isUuid } from "../../platform/uuid.ts";
import type { UserActor } from "../auth/actor.ts";
import { presentMessage } from "../conversations/present-message.ts";
import { requireMayWrite } from "./policy.ts";
import { requirePolicy } from "./require-policy.ts";
import { requireRate } from "./require-rate.ts";
import { requoteReplies, tellReplies } from "./requote-replies.ts";
import { type ChangeableRow, type ChangedRow, lockConversationOfMessage, readMessageForChange } from "./store.ts";

export type ChangeDeps = Pick<Deps, "db" | "fanOut" | "limiter" | "budgets" | "changes" | "conversationTypes">;

/** What a judgement comes to when the message is already as it should be. */
export const unchanged = null;

/** Changes the row; its conversation is locked. */
type Write = (tx: Transaction) => Promise<ChangedRow | undefined>;

export interface Change {
  /**
   * What is to be written, by how the message is; refusals are thrown. Asked twice: before anything is locked, so that a
   * refusal and what changes nothing cost no lock, and again under the lock, where it holds.
   */
  readonly judge: (message: ChangeableRow) => Write | typeof unchanged;
  /** Draws on no rate of the conversation type. */
  readonly isFree?: boolean;
}

/**
 * Changes a message, which is told; a change of the content brings the quotes in replies along. The person's own budget is
 * asked before anything is looked at: that answer says nothing of the message. The rate of the conversation type is asked
 * when the actor is known to take part, and before anything is locked.
 * @returns the message as it is now, also when nothing changed
 * @throws AppError `not_found`, `rate_limited`, `overloaded`, `conversation_locked`, `conversation_archived`
 */
export async function changeMessage(
  deps: ChangeDeps,
  actor: UserActor,
  messageId: string,
  change: Change,
): Promise<Message> {
  await requireBudget(deps, actor, "messageChanges");
  if (!isUuid(messageId)) throw notFound();
  const [seen] = await deps.db.readAs(actor.userId, readMessageForChange, [messageId, actor.userId]);
  if (seen === undefined) throw notFound();
  if (judge(seen, change) === unchanged) return presentMessage(seen);
  if (change.isFree !== true) await requireRate(deps, actor, requirePolicy(deps, seen.type), "change");
  return deps.changes.run(seen.conversation_id, actor.userId, () => changeLocked(deps, actor, messageId, change));
}

/**
 * The same for what only the sender may do.
 * @throws AppError `forbidden` besides
 */
export const changeOwnMessage = (deps: ChangeDeps, actor: UserActor, messageId: string, change: Change) =>
  changeMessage(deps, actor, messageId, {
    ...change,
    judge: (message) => {
      if (message.sender_id !== actor.userId) throw new AppError("forbidden", { detail: "It is not your message." });
      return change.judge(message);
    },
  });

function judge(message: ChangeableRow, change: Change): Write | typeof unchanged {
  requireMayWrite(message);
  return change.judge(message);
}

/** Under the conversation's lock, where the message may be another one than it was before. */
async function changeLocked(
  { db, fanOut }: ChangeDeps,
  actor: UserActor,
  messageId: string,
  change: Change,
): Promise<Message> {
  const { before, after, replies } = await db.transaction(async (tx) => {
    await tx.query(lockConversationOfMessage, [messageId, actor.userId]);
    const [before] = await tx.query(readMessageForChange, [messageId, actor.userId]);
    if (before === undefined) throw notFound();
    const after = await judge(before, change)?.(tx);
    const quotesChange = after !== undefined && after.content !== before.content;
    return { before, after, replies: quotesChange ? await requoteReplies(tx, presentMessage(after)) : [] };
  });
  if (after === undefined) return presentMessage(before);
  const message = presentMessage(after);
  tell(fanOut, after.recipients, message, before.deleted_at === null);
  tellReplies({ fanOut }, after.recipients, replies);
  return message;
}

function tell(fanOut: Deps["fanOut"], recipients: readonly string[], message: Message, wasThere: boolean): void {
  const { conversationId, id, seq, version, deletedAt } = message;
  if (deletedAt === null || !wasThere) {
    fanOut.toParticipants(conversationId, recipients, "message:updated", message);
    return;
  }
  const deletion = { conversationId, messageId: id, seq, version, deletedAt };
  fanOut.toParticipants(conversationId, recipients, "message:deleted", deletion);
}
