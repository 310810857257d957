import type { Clock } from "../clock.ts";
import { ExpiringMap } from "./expiring-map.ts";

/**
 * Longer than any list of recipients, and any check of a membership, is under way: the database ends its statements
 * far earlier.
 */
const REMEMBERED_MS = 60_000;

/** Who lost access to which conversation a moment ago. */
export interface Revocations {
  add(conversationId: string, userId: string): void;
  remove(conversationId: string, userId: string): void;
  has(conversationId: string, userId: string): boolean;
  /** Those of these people who did not lose access. */
  without(conversationId: string, userIds: readonly string[]): readonly string[];
}

/** Remembers each revocation for a minute. */
export function createRevocations(clock: Clock): Revocations {
  const byConversation = new Map<string, ExpiringMap<string, true>>();
  const ends = new ExpiringMap<string, true>(clock, REMEMBERED_MS);
  const forgetOld = (): void => {
    for (const [conversationId] of ends.takeEnded()) byConversation.delete(conversationId);
  };
  const has = (conversationId: string, userId: string): boolean =>
    byConversation.get(conversationId)?.has(userId) ?? false;

  return {
    add: (conversationId, userId) => {
      forgetOld();
      const users = byConversation.get(conversationId) ?? new ExpiringMap(clock, REMEMBERED_MS);
      users.set(userId, true);
      byConversation.set(conversationId, users);
      // A conversation ends with the newest of its revocations.
      ends.set(conversationId, true);
    },
    remove: (conversationId, userId) => {
      byConversation.get(conversationId)?.delete(userId);
    },
    has,
    without: (conversationId, userIds) =>
      byConversation.has(conversationId) ? userIds.filter((userId) => !has(conversationId, userId)) : userIds,
  };
}
