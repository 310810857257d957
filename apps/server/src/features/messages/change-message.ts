import type { Message } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError, notFound } from "../../platform/app-error.ts";
import type { Transaction } from "../../platform/db/database.ts";
import { isUuid } from "../../platform/uuid.ts";
import type { UserActor } from "../auth/actor.ts";
import { presentMessage } from "../conversations/present-message.ts";
import { requireMayWrite } from "./policy.ts";
import {
  type ChangedRow,
  type LockedMessageRow,
  lockConversationOfMessage,
  readLockedMessage,
  requoteReplies,
} from "./store.ts";

export type ChangeDeps = Pick<Deps, "db" | "fanOut">;

/** What `apply` returns when the message is already as it should be. */
export const unchanged = null;

/** Changes the row; its conversation is locked. */
export type Apply = (tx: Transaction, message: LockedMessageRow) => Promise<ChangedRow | undefined | typeof unchanged>;

/**
 * Told one by one up to this many replies whose quote changed. Of more only the last one is told: its version leaves a
 * hole, so that every client asks for the others, in one answer.
 */
const REPLIES_TOLD = 50;

/**
 * Locks the conversation of a message, looks at it through the actor as it is then, and applies a change, which is told.
 * A change of the content brings the quotes in replies along.
 * @returns the message as it is now, also when nothing changed
 * @throws AppError `not_found`, `conversation_locked`, `conversation_archived`
 */
export async function changeMessage(
  { db, fanOut }: ChangeDeps,
  actor: UserActor,
  messageId: string,
  apply: Apply,
): Promise<Message> {
  if (!isUuid(messageId)) throw notFound();
  const { before, after, replies } = await db.transaction(async (tx) => {
    await tx.query(lockConversationOfMessage, [messageId, actor.userId]);
    const [before] = await tx.query(readLockedMessage, [messageId, actor.userId]);
    if (before === undefined) throw notFound();
    requireMayWrite(before);
    const after = await apply(tx, before);
    const quotesChange = before.answered && after && after.content !== before.content;
    return { before, after, replies: quotesChange ? await tx.query(requoteReplies, [messageId]) : [] };
  });
  if (!after) return presentMessage(before);
  const message = presentMessage(after);
  tell(fanOut, after.recipients, message, before.deleted_at === null);
  const changed = replies.map(presentMessage).sort((one, other) => one.version - other.version);
  for (const reply of changed.length > REPLIES_TOLD ? changed.slice(-1) : changed) {
    fanOut.toParticipants(reply.conversationId, after.recipients, "message:updated", reply);
  }
  return message;
}

/**
 * The same for what only the sender may do.
 * @throws AppError `forbidden` besides
 */
export const changeOwnMessage = (deps: ChangeDeps, actor: UserActor, messageId: string, apply: Apply) =>
  changeMessage(deps, actor, messageId, (tx, message) => {
    if (message.sender_id !== actor.userId) throw new AppError("forbidden", { detail: "It is not your message." });
    return apply(tx, message);
  });

function tell(fanOut: Deps["fanOut"], recipients: readonly string[], message: Message, wasThere: boolean): void {
  const { conversationId, id, seq, version, deletedAt } = message;
  if (deletedAt === null || !wasThere) {
    fanOut.toParticipants(conversationId, recipients, "message:updated", message);
    return;
  }
  const deletion = { conversationId, messageId: id, seq, version, deletedAt };
  fanOut.toParticipants(conversationId, recipients, "message:deleted", deletion);
}
