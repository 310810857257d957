import { statement } from "../../platform/db/statement.ts";
import { type PreferencesJson, preferencesJson } from "../conversations/present-preferences.ts";

/**
 * $1 conversation, $2 user, $3 pinned, $4 whether muting is named, $5 muted until, $6 archived, $7 marked unread; null: as it
 * was. What is so already changes nothing and takes no version. No row: the user does not take part.
 */
export const changePreferences = statement<{ preferences: PreferencesJson; changed: boolean }>(
  "change_preferences",
  `WITH mine AS (
     SELECT p.*,
       CASE $3::boolean WHEN true THEN coalesce(p.pinned_at, now()) WHEN false THEN NULL ELSE p.pinned_at END AS new_pinned_at,
       CASE WHEN $4::boolean THEN $5::timestamptz ELSE p.muted_until END AS new_muted_until,
       CASE $6::boolean WHEN true THEN c.last_seq WHEN false THEN NULL ELSE p.archived_seq END AS new_archived_seq,
       coalesce($7::boolean, p.marked_unread) AS new_marked_unread
     FROM participants p JOIN conversations c ON c.id = p.conversation_id
     WHERE p.conversation_id = $1 AND p.user_id = $2
     FOR NO KEY UPDATE OF p
   ), changed AS (
     UPDATE participants p SET
       pinned_at = mine.new_pinned_at, muted_until = mine.new_muted_until, archived_seq = mine.new_archived_seq,
       marked_unread = mine.new_marked_unread, preference_version = p.preference_version + 1
     FROM mine
     WHERE p.conversation_id = mine.conversation_id AND p.user_id = mine.user_id
       AND (p.pinned_at, p.muted_until, p.archived_seq, p.marked_unread) IS DISTINCT FROM
         (mine.new_pinned_at, mine.new_muted_until, mine.new_archived_seq, mine.new_marked_unread)
     RETURNING ${preferencesJson("p")} AS preferences
   )
   SELECT coalesce(changed.preferences, ${preferencesJson("mine")}) AS preferences, changed IS NOT NULL AS changed
   FROM mine LEFT JOIN changed ON true`,
);
