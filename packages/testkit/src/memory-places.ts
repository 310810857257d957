import type { ParticipantRole, Preferences, PreferencesInput, Receipt } from "@parley/protocol";

/** One person's place in a conversation. */
export interface StoredParticipant {
  readonly userId: string;
  role: ParticipantRole;
  readSeq: number;
  deliveredSeq: number;
  /** Read without telling: as long as readSeq stands at `to`, others see it at `from`. */
  quiet: { readonly from: number; readonly to: number } | null;
  preferences: Preferences;
}

type Positions = Omit<Receipt, "conversationId">;

export interface Viewer {
  readonly userId: string;
  /** false: who does not tell what they read is not told of others, who then stand at 0. */
  readonly seesReads: boolean;
}

/** Anybody who tells what they read. */
const anybody: Viewer = { userId: "", seesReads: true };

/** Where the viewer sees this person: the own read position as it is, another one's as far as it is told. */
export function positionsFor(viewer: Viewer, place: StoredParticipant): Positions {
  const { userId, readSeq, deliveredSeq, quiet } = place;
  if (viewer.userId === userId) return { userId, readSeq, deliveredSeq };
  if (!viewer.seesReads) return { userId, readSeq: 0, deliveredSeq };
  return { userId, readSeq: quiet?.to === readSeq ? quiet.from : readSeq, deliveredSeq };
}

/** Moves on, never back; `quietly`: others go on seeing the read position where they saw it. Whether anything moved. */
export function movePlace(place: StoredParticipant, to: Omit<Positions, "userId">, quietly: boolean): boolean {
  const { readSeq, deliveredSeq } = place;
  if (readSeq >= to.readSeq && deliveredSeq >= to.deliveredSeq) return false;
  const from = positionsFor(anybody, place).readSeq;
  place.readSeq = Math.max(readSeq, to.readSeq);
  place.deliveredSeq = Math.max(deliveredSeq, to.deliveredSeq);
  if (quietly && place.readSeq > readSeq) place.quiet = { from, to: place.readSeq };
  return true;
}

/** The same object when nothing changes by it. */
export function changePreferences(
  before: Preferences,
  input: PreferencesInput,
  lastSeq: number,
  now: string,
): Preferences {
  const after = overlay(before, input, lastSeq, now);
  const keys = ["pinnedAt", "mutedUntil", "archivedSeq", "markedUnread"] as const;
  return keys.every((key) => after[key] === before[key]) ? before : { ...after, version: before.version + 1 };
}

function overlay(before: Preferences, input: PreferencesInput, lastSeq: number, now: string): Preferences {
  const { pinned, mutedUntil, archived, markedUnread } = input;
  return {
    ...before,
    ...(pinned !== undefined && { pinnedAt: pinned ? (before.pinnedAt ?? now) : null }),
    ...(mutedUntil !== undefined && { mutedUntil: (mutedUntil ?? "") > now ? mutedUntil : null }),
    ...(archived !== undefined && { archivedSeq: archived ? lastSeq : null }),
    ...(markedUnread !== undefined && { markedUnread }),
  };
}

/** Whoever joins has read what was before. */
export const newPlace = (
  userId: string,
  role: ParticipantRole,
  lastSeq: number,
  preferences: Preferences,
): StoredParticipant => ({ userId, role, readSeq: lastSeq, deliveredSeq: lastSeq, quiet: null, preferences });
