import type { PresenceStatus } from "@parley/protocol";

/** Port: leases of connections, aggregated for each person. Drivers: memory. */
export interface PresenceRegistry {
  /** Takes or renews the lease of a connection, for `limits.presenceLeaseMs`. */
  renew(userId: string, connectionId: string, status: Exclude<PresenceStatus, "offline">): void;
  /** The connection is gone; the person goes offline after a short grace unless another one comes. */
  release(userId: string, connectionId: string): void;
  /** online if any connection is, else away if any is, else offline. */
  statusOf(userId: string): PresenceStatus;
  /** Called when a person's aggregated status changed. */
  onChange(listener: (userId: string, status: PresenceStatus) => void): void;
  close(): void;
}
