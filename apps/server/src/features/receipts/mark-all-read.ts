import type { UserActor } from "../auth/actor.ts";
import { getUnread } from "./get-unread.ts";
import type { PositionDeps } from "./move-position.ts";
import { tellReceipt } from "./tell-receipt.ts";
import { lockUnread, moveAllRead } from "./store.ts";

/** Everything in all of the actor's conversations is read. What came in meanwhile stays unread. */
export async function markAllRead(deps: PositionDeps, actor: UserActor): Promise<{ unread: number; total: number }> {
  const moved = await deps.db.transaction(async (tx) => {
    const locked = await tx.query(lockUnread, [actor.userId]);
    return tx.query(moveAllRead, [actor.userId, locked.map(({ id }) => id)]);
  });
  for (const row of moved) {
    tellReceipt(deps, { ...row, user_id: actor.userId }, row);
    deps.bus.emit("unreadChanged", { conversationId: row.conversation_id, userIds: [actor.userId] });
  }
  const { total } = await getUnread(deps, actor);
  return { unread: total, total };
}
