import type { Conversation, ParticipantRole } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import type { Transaction } from "../../platform/db/database.ts";
import type { Actor } from "../auth/actor.ts";
import { recordAccessChange } from "../auth/store.ts";
import { deleteFormerParticipants, findMembership, insertParticipants } from "../participants/store.ts";
import { ensureUsers } from "../users/store.ts";
import { type Locked, lockForChange, requireManager, requireMayTouch } from "./lock-for-change.ts";
import { takeVersion } from "./store.ts";
import { loadChanged, presentTo, tellConversation } from "./tell-conversation.ts";
import { tellParticipantAdded } from "./tell-participant-added.ts";

type AddDeps = Pick<Deps, "db" | "fanOut" | "bus" | "conversationTypes">;

/**
 * Adds somebody. Who takes part already stays as they are.
 * @throws AppError `not_found`, `forbidden`, `too_many_participants`
 */
export async function addParticipant(
  deps: AddDeps,
  actor: Actor,
  { id, userId, role }: { id: string; userId: string; role: ParticipantRole },
): Promise<{ conversation: Conversation; added: boolean }> {
  const { added, row } = await deps.db.transaction(async (tx) => {
    const locked = await lockForChange(tx, actor, id);
    requireManager(actor, locked);
    requireMayTouch(actor, locked, role === "owner");
    return { added: await insert(tx, deps, locked, userId, role), row: await loadChanged(tx, id) };
  });
  if (added) {
    deps.fanOut.grant(id, userId, row.version);
    tellConversation(deps, "conversation:new", row, [userId]);
    tellParticipantAdded(deps, row, userId, row.version);
  }
  return { conversation: presentTo(actor, row), added };
}

async function insert(
  tx: Transaction,
  { conversationTypes }: Pick<Deps, "conversationTypes">,
  locked: Locked,
  userId: string,
  role: ParticipantRole,
): Promise<boolean> {
  const [present] = await tx.query(findMembership, [locked.id, userId]);
  if (present !== undefined) return false;
  const policy = conversationTypes.get(locked.type);
  if (policy?.uniquePerPair && locked.role !== null) {
    throw new AppError("forbidden", { detail: "A conversation of two stays one of these two." });
  }
  if (policy !== undefined && locked.participants >= policy.maxParticipants) {
    throw new AppError("too_many_participants", { detail: `At most ${policy.maxParticipants} people take part.` });
  }
  await ensureUsers(tx, [userId]);
  const [taken] = await tx.query(takeVersion, [locked.id]);
  await tx.query(insertParticipants, [locked.id, [userId], [role], taken?.version]);
  const back = await tx.query(deleteFormerParticipants, [locked.id, [userId]]);
  if (back.length > 0) await tx.query(recordAccessChange, [locked.id, userId, taken?.version, false]);
  return true;
}
