import type { EndpointBody, Settings } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import type { UserActor } from "../auth/actor.ts";
import { lockQuiet, showRead } from "../receipts/store.ts";
import { tellReceipt } from "../receipts/tell-receipt.ts";
import { updateSettings } from "../users/store.ts";

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
  // After that commit: a read that comes now is not quiet any more. Also when they were on, should it have failed here before.
  if (settings.readReceipts) await showWhatWasRead(deps, actor);
  deps.fanOut.toUsers([actor.userId], "settings:updated", settings);
  return settings;
}

async function showWhatWasRead(deps: SettingsDeps, { userId }: UserActor): Promise<void> {
  const shown = await deps.db.transaction(async (tx) => {
    const locked = await tx.query(lockQuiet, [userId]);
    return locked.length === 0 ? [] : tx.query(showRead, [userId, locked.map(({ id }) => id)]);
  });
  for (const row of shown) tellReceipt(deps, { ...row, user_id: userId }, row.recipients);
}
