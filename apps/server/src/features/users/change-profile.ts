import type { UserProfile, UserProfileInput } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import type { HostActor } from "../auth/actor.ts";
import { presentUser } from "./present-user.ts";
import { changeUser } from "./store.ts";

/** The host makes or changes a profile; what it leaves out stays as it was. */
export async function changeProfile(
  { db }: Pick<Deps, "db">,
  _actor: HostActor,
  { userId, change }: { userId: string; change: UserProfileInput },
): Promise<UserProfile> {
  const row = await changeUser(db, userId, change);
  if (row === undefined) throw new Error("The statement users.change returned no row.");
  return presentUser(row);
}
