import type { EndpointBody, EventPayload, SyncChange, SyncResult } from "@parley/protocol";
import type { MemoryChat } from "./memory-chat.ts";
import { placeOf, type StoredConversation } from "./memory-conversation.ts";
import { positionsFor } from "./memory-places.ts";

export interface SyncLimits {
  /** Changed messages of one conversation beyond which it starts over. */
  readonly messages: number;
  /** Conversations in one answer. */
  readonly changes: number;
}

const pageSize = 50;

/** Everything that changed for the person since the versions that they hold. */
export function syncMemory(
  chat: MemoryChat,
  actorId: string,
  { versions, positions = {}, preferenceSum }: EndpointBody<"sync">,
  limits: SyncLimits,
): SyncResult {
  const mine = chat.of(actorId);
  const ids = new Set(mine.map(({ id }) => id));
  const behind = mine.filter(({ id, version }) => versions[id] !== version);
  const same = mine.filter(({ id, version }) => versions[id] === version);
  return {
    changes: behind
      .slice(0, limits.changes)
      .map((stored) => changeSince(chat, actorId, stored, versions[stored.id], limits)),
    receipts: same
      .filter((stored) => positions[stored.id] !== sumOf(chat, stored, actorId))
      .flatMap((stored) => receiptsOf(chat, stored, actorId)),
    preferences:
      preferenceSum === undefined || preferenceSum === preferenceSumOf(mine, actorId) || behind.length > limits.changes
        ? []
        : same.flatMap((stored) => preferencesOf(stored, actorId)),
    gone: Object.keys(versions).filter((id) => !ids.has(id)),
    more: behind.length > limits.changes,
  };
}

export function digestOf(chat: MemoryChat, actorId: string): EventPayload<"sync:digest"> {
  const mine = chat.of(actorId);
  const readSeqs = mine.map((stored) => placeOf(stored, actorId)?.readSeq ?? 0);
  return {
    conversations: mine.length,
    versionSum: mine.reduce((sum, { version }) => sum + version, 0),
    readSum: readSeqs.reduce((sum, readSeq) => sum + readSeq, 0),
    preferenceSum: preferenceSumOf(mine, actorId),
  };
}

function changeSince(
  chat: MemoryChat,
  actorId: string,
  stored: StoredConversation,
  version: number | undefined,
  limits: SyncLimits,
): SyncChange {
  const conversation = chat.present(actorId, stored);
  const changed = stored.messages.filter((message) => message.version > (version ?? 0));
  const reset = version === undefined || changed.length > limits.messages;
  return { conversation, messages: reset ? stored.messages.slice(-pageSize) : changed, reset };
}

const receiptsOf = (chat: MemoryChat, { id, participants }: StoredConversation, actorId: string) =>
  participants.map((place) => ({ conversationId: id, ...positionsFor(chat.own.viewer(actorId), place) }));

const sumOf = (chat: MemoryChat, stored: StoredConversation, actorId: string): number =>
  receiptsOf(chat, stored, actorId).reduce((sum, { readSeq, deliveredSeq }) => sum + readSeq + deliveredSeq, 0);

const preferencesOf = (stored: StoredConversation, actorId: string) => {
  const preferences = placeOf(stored, actorId)?.preferences;
  return preferences && preferences.version > 0 ? [{ conversationId: stored.id, preferences }] : [];
};

const preferenceSumOf = (mine: readonly StoredConversation[], actorId: string): number =>
  mine.reduce((sum, stored) => sum + (placeOf(stored, actorId)?.preferences.version ?? 0), 0);
