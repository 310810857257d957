import type { Preferences } from "@parley/protocol";

/** Times are milliseconds since the epoch: JSON would write timestamps its own way. */
export interface PreferencesJson {
  pinnedMs: number | null;
  mutedMs: number | null;
  archivedSeq: number | null;
  markedUnread: boolean;
  version: number;
}

/** PreferencesJson of a participant. */
export const preferencesJson = (alias: string): string => `json_build_object(
  'pinnedMs', (extract(epoch FROM ${alias}.pinned_at) * 1000)::bigint,
  'mutedMs', (extract(epoch FROM ${alias}.muted_until) * 1000)::bigint,
  'archivedSeq', ${alias}.archived_seq, 'markedUnread', ${alias}.marked_unread, 'version', ${alias}.preference_version)`;

export const presentPreferences = (json: PreferencesJson): Preferences => ({
  pinnedAt: toIso(json.pinnedMs),
  mutedUntil: toIso(json.mutedMs),
  archivedSeq: json.archivedSeq,
  markedUnread: json.markedUnread,
  version: json.version,
});

const toIso = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString();
