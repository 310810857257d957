import type { PresenceStatus } from "@parley/protocol";

/** A person and how it stands with them. */
export type PersonStatus = readonly [userId: string, status: PresenceStatus];

/** A process that was not heard for so long is given up, with all that it said. It beats each second. */
export const GIVE_UP_MS = 15_000;

/**
 * Where the processes of one system write down who is here. A person is online if any process says so, else away if any does,
 * else offline. Whatever changes by that is returned to exactly one caller, who is to tell it. Drivers: Redis, and the memory of the
 * primary of several workers.
 */
export interface PresenceBoard {
  /** This process takes part (again). Resolves with what the board has of it: nothing at first, or after it was emptied. */
  join(): Promise<readonly PersonStatus[]>;
  /**
   * A sign of life of this process, with what changed there.
   * @param entries a person once at the most, and not more than some hundred
   * @returns whose status changed, also because another process was given up; null when this process does not take part (any more):
   *   nothing was taken down
   */
  beat(entries: readonly PersonStatus[]): Promise<readonly PersonStatus[] | null>;
  /** The status of each of these people, in their order. */
  look(userIds: readonly string[]): Promise<readonly PresenceStatus[]>;
}
