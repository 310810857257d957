import type { Presence } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { findLastSeen } from "./store.ts";

/** How it stands with each of these people. The caller has checked that they may be seen. */
export async function listPresence(
  { db, presence }: Pick<Deps, "db" | "presence">,
  userIds: readonly string[],
): Promise<Presence[]> {
  const statuses = await presence.statusOf(userIds);
  const away = userIds.filter((userId) => statuses.get(userId) === "offline");
  const lastSeen = await findLastSeen(db, away);
  return userIds.map((userId) => ({
    userId,
    status: statuses.get(userId) ?? "offline",
    lastSeenAt: lastSeen.get(userId) ?? null,
  }));
}
