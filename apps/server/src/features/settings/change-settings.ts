import type { EndpointBody, Settings } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import type { UserActor } from "../auth/actor.ts";
import { lockQuiet, showRead } from "../receipts/store.ts";
import { tellReceipt } from "../receipts/tell-receipt.ts";
import { holdSettings, updateSettings } from "../users/store.ts";

type SettingsDeps = Pick<Deps, "db" | "fanOut">;

/**
 * Changes what the actor has set on all devices. From when read receipts are off others go on seeing what they saw; when they
 * are on again, others see how far the actor has read.
 */
export async function changeSettings(
  deps: SettingsDeps,
  actor: UserActor,
  change: EndpointBody<"changeSettings">,
): Promise<Settings> {
  const settings = await updateSettings(deps.db, actor.userId, change);
  deps.fanOut.toUsers([actor.userId], "settings:updated", settings);
  // After that commit: a read that comes now is not quiet any more. Also when they were on, should it have failed here before.
  if (settings.readReceipts) await showWhatWasRead(deps, actor);
  return settings;
}

/** Unless they were turned off meanwhile, by another server; and nobody turns them off until it is done. */
async function showWhatWasRead(deps: SettingsDeps, { userId }: UserActor): Promise<void> {
  const shown = await deps.db.transaction(async (tx) => {
    if (!(await holdSettings(tx, userId)).readReceipts) return [];
    const locked = await tx.query(lockQuiet, [userId]);
    return locked.length === 0 ? [] : tx.query(showRead, [userId, locked.map(({ id }) => id)]);
  });
  for (const row of shown) tellReceipt(deps, { ...row, user_id: userId }, row);
}
