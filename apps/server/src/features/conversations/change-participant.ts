import type { Conversation, ParticipantRole } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/app-error.ts";
import type { Actor } from "../auth/actor.ts";
import { requireAnotherOwner } from "../participants/require-another-owner.ts";
import { findMembership, updateRole } from "../participants/store.ts";
import { lockForChange, requireManager, requireMayTouch } from "./lock-for-change.ts";
import { takeVersion } from "./store.ts";
import { loadChanged, presentTo } from "./tell-conversation.ts";
import { tellParticipantAdded } from "./tell-participant-added.ts";

/**
 * Gives somebody another role. The same role again changes nothing.
 * @throws AppError `not_found`, `forbidden`, `last_owner`
 */
export async function changeParticipant(
  deps: Pick<Deps, "db" | "fanOut">,
  actor: Actor,
  { id, userId, role }: { id: string; userId: string; role: ParticipantRole },
): Promise<Conversation> {
  const { changed, row } = await deps.db.transaction(async (tx) => {
    const locked = await lockForChange(tx, actor, id);
    requireManager(actor, locked);
    const [present] = await tx.query(findMembership, [id, userId]);
    if (present === undefined) throw notFound();
    if (present.role === role) return { changed: false, row: await loadChanged(tx, id) };
    requireMayTouch(actor, locked, present.role === "owner" || role === "owner");
    if (present.role === "owner") await requireAnotherOwner(tx, actor, id, userId);
    await tx.query(updateRole, [id, userId, role]);
    await tx.query(takeVersion, [id]);
    return { changed: true, row: await loadChanged(tx, id) };
  });
  if (changed) tellParticipantAdded(deps, row, userId, row.version);
  return presentTo(actor, row);
}
