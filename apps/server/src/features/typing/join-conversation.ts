import type { Presence } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import type { Connection } from "../../platform/realtime/command-handler.ts";
import type { UserActor } from "../auth/actor.ts";
import { requireParticipant } from "../participants/require-participant.ts";
import { listParticipants } from "../participants/store.ts";
import { listPresence } from "../presence/list-presence.ts";

/**
 * Lets a connection hear typing in an open conversation.
 * @returns how it stands with each participant
 * @throws AppError `not_found`, also when the person is removed while this is under way
 */
export async function joinConversation(
  deps: Pick<Deps, "db" | "presence">,
  actor: UserActor,
  connection: Connection,
  conversationId: string,
): Promise<Presence[]> {
  await requireParticipant(deps, actor, conversationId);
  connection.join(conversationId);
  const participants = await deps.db.readAs(actor.userId, listParticipants, [conversationId]);
  return listPresence(
    deps,
    participants.map(({ user_id }) => user_id),
  );
}
