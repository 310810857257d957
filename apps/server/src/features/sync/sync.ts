import { limits, type Message, type Receipt, type SyncChange, type SyncInput, type SyncResult } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { isUuid } from "../../platform/uuid.ts";
import type { UserActor } from "../auth/actor.ts";
import { presentConversation } from "../conversations/present-conversation.ts";
import { presentMessage } from "../conversations/present-message.ts";
import { presentPreferences } from "../conversations/present-preferences.ts";
import { type ChangedRow, type MessageJson, readChanges, readMovedReceipts, readPreferences } from "./store.ts";

/** Conversations in one answer, at most. */
const CONVERSATIONS = 100;

/**
 * Everything that changed since the versions that the caller holds, newest activity first. Whole conversations only: after
 * an answer with `more` the caller calls again with the versions that it holds then.
 */
export async function sync({ db }: Pick<Deps, "db">, actor: UserActor, input: SyncInput): Promise<SyncResult> {
  const { userId } = actor;
  // Asked for first: what is read afterwards is of this history, or of a later one, which the next answer names.
  const history = await db.history();
  // Ids are opaque on the wire: one that cannot be a conversation is one in which the caller does not take part.
  const impossible = Object.keys(input.versions).filter((id) => !isUuid(id));
  const { ids, numbers: versions } = toColumns(input.versions);
  const rows = await db.readAs(userId, readChanges, [
    userId,
    ids,
    versions,
    limits.syncMessages,
    limits.pageSize,
    CONVERSATIONS,
  ]);
  const changes = rows.filter((row): row is typeof row & ChangedRow => row.id !== null);
  const changed = new Set(changes.map(({ id }) => id));
  const isNew = ({ conversationId }: { conversationId: string }) => !changed.has(conversationId);
  const more = (rows[0]?.changed ?? 0) > changes.length;
  // As long as there is more, the caller's sum cannot be right yet.
  const isSame = more || input.preferenceSum === undefined || input.preferenceSum === rows[0]?.preference_sum;
  return {
    changes: changes.map((row) => toChange(row, userId)),
    receipts: (await readReceipts(db, userId, input.positions)).filter(isNew),
    preferences: isSame ? [] : (await readOwnPreferences(db, userId)).filter(isNew),
    gone: [...impossible, ...(rows[0]?.gone ?? [])],
    more,
    history,
  };
}

async function readReceipts(db: Deps["db"], userId: string, positions: SyncInput["positions"]): Promise<Receipt[]> {
  if (positions === undefined) return [];
  const { ids, numbers } = toColumns(positions);
  const rows = await db.readAs(userId, readMovedReceipts, [userId, ids, numbers]);
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    userId: row.user_id,
    readSeq: row.read_seq,
    deliveredSeq: row.delivered_seq,
  }));
}

async function readOwnPreferences(db: Deps["db"], userId: string): Promise<SyncResult["preferences"]> {
  const rows = await db.readAs(userId, readPreferences, [userId]);
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    preferences: presentPreferences(row.preferences),
  }));
}

function toColumns(byConversation: Readonly<Record<string, number>>): { ids: string[]; numbers: number[] } {
  const entries = Object.entries(byConversation).filter(([id]) => isUuid(id));
  return { ids: entries.map(([id]) => id), numbers: entries.map(([, number]) => number) };
}

const toChange = (row: ChangedRow, userId: string): SyncChange => ({
  conversation: presentConversation(row, userId),
  messages: (row.messages ?? []).map(toMessage),
  reset: row.reset,
});

const toMessage = (json: MessageJson): Message =>
  presentMessage({
    ...json,
    pinned_at: toIsoOrNull(json.pinned_ms),
    created_at: toIso(json.created_ms),
    edited_at: toIsoOrNull(json.edited_ms),
    deleted_at: toIsoOrNull(json.deleted_ms),
  });

const toIsoOrNull = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : toIso(milliseconds);
const toIso = (milliseconds: number): string => new Date(milliseconds).toISOString();
