import type { UserActor } from "../auth/actor.ts";
import { getUnread } from "./get-unread.ts";
import { movePosition, type PositionDeps } from "./move-position.ts";

/**
 * Everything up to `seq` is read.
 * @returns absolute numbers: of this conversation and of all
 * @throws AppError `not_found`
 */
export async function markRead(
  deps: PositionDeps,
  actor: UserActor,
  place: { conversationId: string; seq: number },
): Promise<{ unread: number; total: number }> {
  const { unread } = await movePosition(deps, actor, "read", place);
  const { total } = await getUnread(deps, actor);
  return { unread, total };
}
