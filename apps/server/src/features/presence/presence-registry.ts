import type { PresenceStatus } from "@parley/protocol";

/** What a connection may say of its person. */
export type HereStatus = Exclude<PresenceStatus, "offline">;

/**
 * Port: leases of connections, aggregated for each person. Drivers: memory (one process), shared (over a board in Redis, or in the
 * primary of several workers).
 * A person is online if any connection is, else away if any is, else offline.
 */
export interface PresenceRegistry {
  /** A connection opened: takes its lease, as online, for `limits.presenceLeaseMs`. */
  take(userId: string, connectionId: string): void;
  /** Renews the lease, with another status when one is given. Nothing happens when the connection holds none. */
  renew(userId: string, connectionId: string, status?: HereStatus): void;
  /** The connection is gone; the person goes offline after a short grace unless another one comes. */
  release(userId: string, connectionId: string): void;
  /** The status of each of these people. */
  statusOf(userIds: readonly string[]): Promise<ReadonlyMap<string, PresenceStatus>>;
  /** Those who are here by a connection to this process. */
  here(): readonly string[];
  /** Called when a person's aggregated status changed: in one process alone, and perhaps once more after a disturbance. */
  onChange(listener: (userId: string, status: PresenceStatus) => void): void;
  close(): void;
}
