import type { Message } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError, notFound } from "../../platform/app-error.ts";
import type { Transaction } from "../../platform/db/database.ts";
import { isUuid } from "../../platform/uuid.ts";
import type { UserActor } from "../auth/actor.ts";
import { type MessageRow, presentMessage } from "../conversations/present-message.ts";
import { requireMayWrite } from "./policy.ts";
import { lockConversationOfMessage, type OwnMessageRow, readLockedMessage } from "./store.ts";

export type ChangeDeps = Pick<Deps, "db" | "fanOut">;

interface Change {
  message: Message;
  /** Whom to tell; null when nothing changed. */
  recipients: string[] | null;
}

/** What `apply` returns when the message is already as it should be. */
export const unchanged = null;

/**
 * Locks the conversation of an own message, looks at it through the actor as it is then, and applies a change.
 * @throws AppError `not_found`, `forbidden`, `conversation_locked`, `conversation_archived`
 */
export function changeOwnMessage(
  { db }: ChangeDeps,
  actor: UserActor,
  messageId: string,
  apply: (
    tx: Transaction,
    message: OwnMessageRow,
  ) => Promise<(MessageRow & { recipients: string[] }) | undefined | null>,
): Promise<Change> {
  if (!isUuid(messageId)) throw notFound();
  return db.transaction(async (tx) => {
    await tx.query(lockConversationOfMessage, [messageId, actor.userId]);
    const [message] = await tx.query(readLockedMessage, [messageId, actor.userId]);
    if (message === undefined) throw notFound();
    if (message.sender_id !== actor.userId) throw new AppError("forbidden", { detail: "It is not your message." });
    requireMayWrite(message);
    const changed = await apply(tx, message);
    return changed
      ? { message: presentMessage(changed), recipients: changed.recipients }
      : { message: presentMessage(message), recipients: null };
  });
}
