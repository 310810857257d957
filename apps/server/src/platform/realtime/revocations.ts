import type { Clock } from "../clock.ts";
import { ExpiringMap } from "./expiring-map.ts";

/**
 * Longer than any list of recipients, and any check of a membership, is under way: the database ends its statements
 * far earlier.
 */
const REMEMBERED_MS = 60_000;

/** Who lost access to which conversation a moment ago. Both calls name the version of their change: the later one holds. */
export interface Revocations {
  add(conversationId: string, userId: string, version: number): void;
  remove(conversationId: string, userId: string, version: number): void;
  has(conversationId: string, userId: string): boolean;
  /** Those of these people who did not lose access. */
  without(conversationId: string, userIds: readonly string[]): readonly string[];
}

interface LastChange {
  version: number;
  revoked: boolean;
}

/** Remembers each change of access for a minute. */
export function createRevocations(clock: Clock): Revocations {
  const byConversation = new Map<string, ExpiringMap<string, LastChange>>();
  const ends = new ExpiringMap<string, true>(clock, REMEMBERED_MS);
  const forgetOld = (): void => {
    for (const [conversationId] of ends.takeEnded()) byConversation.delete(conversationId);
  };
  const remember = (conversationId: string, userId: string, change: LastChange): void => {
    forgetOld();
    const users = byConversation.get(conversationId) ?? new ExpiringMap(clock, REMEMBERED_MS);
    // Two changes of one person may be told in another order than they were committed in.
    if ((users.get(userId)?.version ?? 0) > change.version) return;
    users.set(userId, change);
    // Where people come and go all the time, the conversation itself never ends.
    users.takeEnded();
    byConversation.set(conversationId, users);
    // A conversation ends with the newest of its changes.
    ends.set(conversationId, true);
  };
  const has = (conversationId: string, userId: string): boolean =>
    byConversation.get(conversationId)?.get(userId)?.revoked ?? false;

  return {
    add: (conversationId, userId, version) => remember(conversationId, userId, { version, revoked: true }),
    remove: (conversationId, userId, version) => remember(conversationId, userId, { version, revoked: false }),
    has,
    without: (conversationId, userIds) =>
      byConversation.has(conversationId) ? userIds.filter((userId) => !has(conversationId, userId)) : userIds,
  };
}
