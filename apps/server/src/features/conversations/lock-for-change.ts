import type { ConversationStatus, ParticipantRole } from "@parley/protocol";
import { AppError, notFound } from "../../platform/app-error.ts";
import type { Transaction } from "../../platform/db/database.ts";
import { isUuid } from "../../platform/uuid.ts";
import type { Actor } from "../auth/actor.ts";
import { lockConversation, lockConversationAs, readLocked } from "./store.ts";

export interface Locked {
  id: string;
  type: string;
  status: ConversationStatus;
  /** The host set this status: it is the host's to end. */
  status_by_host: boolean;
  /** How many take part. */
  participants: number;
  /** The actor's; null for the host. */
  role: ParticipantRole | null;
}

/**
 * Locks a conversation for a lasting change and looks at it through the actor, as it is after the lock was got.
 * @throws AppError `not_found` when the actor does not take part
 */
export async function lockForChange(tx: Transaction, actor: Actor, conversationId: string): Promise<Locked> {
  if (!isUuid(conversationId)) throw notFound();
  const userId = actor.kind === "user" ? actor.userId : null;
  if (userId === null) await tx.query(lockConversation, [conversationId]);
  else await tx.query(lockConversationAs, [conversationId, userId]);
  const [locked] = await tx.query(readLocked, [conversationId, userId]);
  if (locked === undefined || (actor.kind === "user" && locked.role === null)) throw notFound();
  return locked;
}

/** @throws AppError `forbidden` unless the actor is the host, an owner or an admin */
export function requireManager(actor: Actor, locked: Locked): void {
  if (actor.kind === "host" || locked.role === "owner" || locked.role === "admin") return;
  throw new AppError("forbidden", { detail: "Only owners and admins of the conversation may do this." });
}

/** @throws AppError `forbidden` when an admin who is no owner touches an owner */
export function requireMayTouch(actor: Actor, locked: Locked, concernsOwner: boolean): void {
  if (actor.kind === "host" || locked.role === "owner" || !concernsOwner) return;
  throw new AppError("forbidden", { detail: "Only owners change owners." });
}
