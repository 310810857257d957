import type { Deps } from "../../deps.ts";
import { storeLastSeen } from "./store.ts";

/** People whose time is stored by one statement. */
const BATCH = 1_000;

/**
 * Stores that those who have a connection here are here. Their time is stored again when they leave; should this process be killed
 * before, it is not older than the time between two calls.
 */
export async function rememberWhoIsHere({
  db,
  presence,
  clock,
}: Pick<Deps, "db" | "presence" | "clock">): Promise<void> {
  const userIds = presence.here();
  const at = new Date(clock.now()).toISOString();
  for (let start = 0; start < userIds.length; start += BATCH) {
    await storeLastSeen(db, userIds.slice(start, start + BATCH), at);
  }
}
