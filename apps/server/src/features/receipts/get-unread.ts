import type { Deps } from "../../deps.ts";
import type { UserActor } from "../auth/actor.ts";
import { readUnread } from "./store.ts";

/** Unread numbers by conversation, without those that have none, and their sum. From positions: nothing is counted. */
export async function getUnread(
  { db }: Pick<Deps, "db">,
  actor: UserActor,
): Promise<{ total: number; conversations: Record<string, number> }> {
  const rows = await db.readAs(actor.userId, readUnread, [actor.userId]);
  return {
    total: rows.reduce((sum, { unread }) => sum + unread, 0),
    conversations: Object.fromEntries(rows.map(({ conversation_id, unread }) => [conversation_id, unread])),
  };
}
