import type { Preferences, PreferencesInput } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/app-error.ts";
import { isUuid } from "../../platform/uuid.ts";
import type { UserActor } from "../auth/actor.ts";
import { presentPreferences } from "../conversations/present-preferences.ts";
import { changePreferences as changeStatement } from "./store.ts";

/**
 * Pins, mutes, archives or marks a conversation as unread for the actor alone: told to nobody else, and no change of the
 * conversation. The same again changes nothing.
 * @throws AppError `not_found`
 */
export async function changePreferences(
  { db, fanOut, clock }: Pick<Deps, "db" | "fanOut" | "clock">,
  { userId }: UserActor,
  { id, input }: { id: string; input: PreferencesInput },
): Promise<Preferences> {
  const { pinned, mutedUntil, archived, markedUnread } = input;
  // A time that is over mutes nothing.
  const until = mutedUntil && Date.parse(mutedUntil) > clock.now() ? mutedUntil : null;
  const values = [id, userId, pinned, mutedUntil !== undefined, until, archived, markedUnread];
  const [row] = isUuid(id) ? await db.query(changeStatement, values) : [];
  if (row === undefined) throw notFound();
  const preferences = presentPreferences(row.preferences);
  if (row.changed) fanOut.toParticipants(id, [userId], "preferences:updated", { conversationId: id, preferences });
  return preferences;
}
