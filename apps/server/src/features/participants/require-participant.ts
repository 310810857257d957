import type { ConversationStatus, ParticipantRole } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/app-error.ts";
import { isUuid } from "../../platform/uuid.ts";
import type { UserActor } from "../auth/actor.ts";
import { findOwnMembership } from "./store.ts";

/** What a person is in a conversation. */
export interface Membership {
  role: ParticipantRole;
  type: string;
  status: ConversationStatus;
}

/**
 * Looks a conversation up through the actor.
 * @throws AppError `not_found` when the actor does not take part, or there is no such conversation
 */
export async function requireParticipant(
  { db }: Pick<Deps, "db">,
  actor: UserActor,
  conversationId: string,
): Promise<Membership> {
  const [membership] = isUuid(conversationId)
    ? await db.readAs(actor.userId, findOwnMembership, [conversationId, actor.userId])
    : [];
  if (membership === undefined) throw notFound();
  return membership;
}
