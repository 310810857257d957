import type { Deps } from "../../deps.ts";
import { applySignOut } from "./sign-out.ts";
import {
  findAccessChanges,
  findNewestSignOuts,
  findSignOuts,
  purgeAccessChanges,
  purgeSignOuts,
  toSignOut,
} from "./store.ts";

/** Longer than any transaction takes to commit what it wrote: the database ends those that idle for 15 seconds. */
const OVERLAP_SECONDS = 30;
const ACCESS_KEPT_SECONDS = 3_600;
const LOADED = 100_000;

type PollDeps = Pick<Deps, "db" | "fanOut" | "signOuts">;

/** Loads the sign-outs that matter, before the first request is taken. */
export async function loadSignOuts({ db, signOuts }: Pick<Deps, "db" | "signOuts">): Promise<void> {
  const rows = await db.query(findNewestSignOuts, [LOADED + 1]);
  if (rows.length > LOADED) signOuts.holdNotAll();
  for (const row of rows.reverse()) signOuts.add(toSignOut(row));
}

/**
 * Looks for what ended access elsewhere, and applies it here: rooms are closed, connections too. The other processes have
 * told it already when the bus is whole; what was applied once does no harm again.
 * @returns the poll, to be called again and again
 */
export function createRevocationPoll(deps: PollDeps): () => Promise<void> {
  let lastAt = performance.now();
  return async () => {
    const startedAt = performance.now();
    const seconds = (startedAt - lastAt) / 1_000 + OVERLAP_SECONDS;
    for (const row of await deps.db.query(findAccessChanges, [seconds])) {
      const change = deps.fanOut.here[row.revoked ? "revoke" : "grant"];
      change(row.conversation_id, row.user_id, row.version);
    }
    for (const row of await deps.db.query(findSignOuts, [seconds])) applySignOut(deps, toSignOut(row));
    lastAt = startedAt;
  };
}

/** Removes what no process needs any more. */
export async function purgeRevocations({
  db,
  clock,
  signOuts,
}: Pick<Deps, "db" | "clock" | "signOuts">): Promise<void> {
  signOuts.forgetPast(clock.now());
  await db.query(purgeAccessChanges, [ACCESS_KEPT_SECONDS]);
  await db.query(purgeSignOuts, []);
}
