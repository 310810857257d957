import type { Deps } from "../../deps.ts";
import { AppError, notFound } from "../../platform/app-error.ts";
import type { Transaction } from "../../platform/db/database.ts";
import type { Actor } from "../auth/actor.ts";
import { recordAccessChange } from "../auth/store.ts";
import { requireAnotherOwner } from "../participants/require-another-owner.ts";
import { deleteParticipant, findMembership, listParticipants, readUnreadTotal } from "../participants/store.ts";
import { type Locked, lockForChange, requireManager, requireMayTouch } from "./lock-for-change.ts";
import { takeVersion } from "./store.ts";

/**
 * Removes somebody, or lets oneself leave. From the commit on nothing later of the conversation reaches that person.
 * @throws AppError `not_found`, `forbidden`, `last_owner`
 */
export async function removeParticipant(
  deps: Pick<Deps, "db" | "fanOut" | "conversationTypes">,
  actor: Actor,
  { id, userId }: { id: string; userId: string },
): Promise<void> {
  const { version, remaining, total } = await deps.db.transaction(async (tx) => {
    const locked = await lockForChange(tx, actor, id);
    const leaves = actor.kind === "user" && actor.userId === userId;
    await requireMayRemove(tx, deps, actor, { locked, userId, leaves });
    await tx.query(deleteParticipant, [id, userId, leaves]);
    const [taken] = await tx.query(takeVersion, [id]);
    const version = taken?.version ?? 0;
    await tx.query(recordAccessChange, [id, userId, version, true]);
    const [unread] = await tx.query(readUnreadTotal, [userId]);
    const remaining = await tx.query(listParticipants, [id]);
    return { version, remaining, total: unread?.total ?? 0 };
  });
  deps.fanOut.revoke(id, userId, version);
  // The last word on this conversation, before it is gone: nothing of it is unread any more.
  deps.fanOut.toUsers([userId], "unread:updated", { conversationId: id, unread: 0, total });
  const gone = { conversationId: id, userId, version };
  const remainingIds = remaining.map(({ user_id }) => user_id);
  deps.fanOut.toParticipants(id, remainingIds, "participant:removed", gone);
  deps.fanOut.toUsers([userId], "participant:removed", gone);
}

interface Removal {
  locked: Locked;
  userId: string;
  /** It is the actor's own. */
  leaves: boolean;
}

async function requireMayRemove(
  tx: Transaction,
  { conversationTypes }: Pick<Deps, "conversationTypes">,
  actor: Actor,
  { locked, userId, leaves }: Removal,
): Promise<void> {
  const isPair = conversationTypes.get(locked.type)?.uniquePerPair === true;
  if (!leaves) requireManager(actor, locked);
  const [present] = await tx.query(findMembership, [locked.id, userId]);
  if (present === undefined) throw notFound();
  if (!leaves && isPair && actor.kind === "user") {
    throw new AppError("forbidden", { detail: "Neither of two people removes the other." });
  }
  if (present.role !== "owner") return;
  if (!leaves) requireMayTouch(actor, locked, true);
  // Whoever opened a conversation of two owns it: nobody has to take that over.
  else if (!isPair) await requireAnotherOwner(tx, actor, locked.id, userId);
}
