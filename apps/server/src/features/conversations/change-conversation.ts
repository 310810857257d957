import type { ChangeConversationInput, Conversation } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import type { Actor } from "../auth/actor.ts";
import { type Locked, lockForChange, requireManager } from "./lock-for-change.ts";
import { updateConversation } from "./store.ts";
import { loadChanged, presentTo, tellConversation } from "./tell-conversation.ts";

/**
 * Changes title, status or the subject's facts.
 * @throws AppError `not_found`, `forbidden`
 */
export async function changeConversation(
  deps: Pick<Deps, "db" | "bus" | "conversationTypes">,
  actor: Actor,
  { id, change }: { id: string; change: ChangeConversationInput },
): Promise<Conversation> {
  if (actor.kind === "user" && change.subject !== undefined) {
    throw new AppError("forbidden", { detail: "The subject belongs to the host." });
  }
  const row = await deps.db.transaction(async (tx) => {
    const locked = await lockForChange(tx, actor, id);
    requireManager(actor, locked);
    if (change.status !== undefined) {
      requireMaySetStatus(actor, locked, deps.conversationTypes.get(locked.type)?.uniquePerPair ?? false);
    }
    await tx.query(updateConversation, [id, JSON.stringify(toColumns(actor, change))]);
    return loadChanged(tx, id);
  });
  tellConversation(deps, "conversation:updated", row);
  return presentTo(actor, row);
}

function requireMaySetStatus(actor: Actor, { status, status_by_host }: Locked, isPair: boolean): void {
  if (actor.kind === "host") return;
  if (isPair) throw new AppError("forbidden", { detail: "Neither of two people silences the other." });
  if (status === "active" || !status_by_host) return;
  throw new AppError("forbidden", { detail: "The host has set this status." });
}

function toColumns(actor: Actor, { title, status, subject }: ChangeConversationInput): Record<string, unknown> {
  // JSON leaves out what is undefined; null clears.
  return {
    title,
    status,
    status_by_host: status === undefined ? undefined : actor.kind === "host",
    subject_title: subject?.title,
    subject_url: subject?.url,
    subject_state: subject?.state,
  };
}
