import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/app-error.ts";
import { isUuid } from "../../platform/uuid.ts";
import type { UserActor } from "../auth/actor.ts";
import { tellReceipt } from "./tell-receipt.ts";
import { moveDelivered, moveRead } from "./store.ts";

export type PositionDeps = Pick<Deps, "db" | "fanOut" | "bus">;

interface Place {
  conversationId: string;
  seq: number;
}

/**
 * Moves the actor's read or delivered position: never back, never beyond the last message.
 * @returns the actor's positions and how much is unread now
 * @throws AppError `not_found`
 */
export async function movePosition(
  deps: PositionDeps,
  actor: UserActor,
  which: "read" | "delivered",
  { conversationId, seq }: Place,
): Promise<{ unread: number }> {
  if (!isUuid(conversationId)) throw notFound();
  const statement = which === "read" ? moveRead : moveDelivered;
  const [row] = await deps.db.query(statement, [conversationId, actor.userId, seq]);
  if (row === undefined) throw notFound();
  const { recipients, blind } = row;
  if (recipients !== null && blind !== null) {
    const told = { ...row, conversation_id: conversationId, user_id: actor.userId };
    tellReceipt(deps, told, { recipients, blind });
    if (which === "read") deps.bus.emit("unreadChanged", { conversationId, userIds: [actor.userId] });
  }
  // A message of the actor's own that is committed at this moment may have moved the position past the last_seq seen here.
  return { unread: Math.max(0, row.last_seq - row.read_seq) };
}
