import type { PresenceStatus } from "@parley/protocol";
import type { Clock } from "../../platform/clock.ts";
import { GIVE_UP_MS, type PersonStatus, type PresenceBoard } from "./presence-board.ts";
import type { HereStatus } from "./presence-registry.ts";

/** Board in the memory of one process, for others that reach it by messages. */
export class MemoryPresenceBoard {
  readonly #clock: Clock;
  readonly #lastBeats = new Map<string, number>();
  /** By person, then by process. */
  readonly #people = new Map<string, Map<string, HereStatus>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The board as one process sees it. */
  of(processId: string): PresenceBoard {
    return {
      join: async () => this.#join(processId),
      beat: async (entries) => this.#beat(processId, entries),
      look: async (userIds) => userIds.map((userId) => this.#statusOf(userId)),
    };
  }

  #join(processId: string): PersonStatus[] {
    this.#lastBeats.set(processId, this.#clock.now());
    return [...this.#people].flatMap(([userId, statuses]) => {
      const status = statuses.get(processId);
      return status === undefined ? [] : [[userId, status] as const];
    });
  }

  #beat(processId: string, entries: readonly PersonStatus[]): PersonStatus[] | null {
    if (!this.#lastBeats.has(processId)) return null;
    const now = this.#clock.now();
    this.#lastBeats.set(processId, now);
    const before = new Map<string, PresenceStatus>();
    for (const [userId, status] of entries) this.#put(processId, userId, status, before);
    for (const [id, at] of this.#lastBeats) {
      if (at + GIVE_UP_MS > now) continue;
      this.#forget(id, before);
      this.#lastBeats.delete(id);
    }
    return [...before].flatMap(([userId, status]) => {
      const after = this.#statusOf(userId);
      return after === status ? [] : [[userId, after] as const];
    });
  }

  #forget(processId: string, before: Map<string, PresenceStatus>): void {
    for (const [userId, statuses] of this.#people) {
      if (statuses.has(processId)) this.#put(processId, userId, "offline", before);
    }
  }

  #put(processId: string, userId: string, status: PresenceStatus, before: Map<string, PresenceStatus>): void {
    if (!before.has(userId)) before.set(userId, this.#statusOf(userId));
    const statuses = this.#people.get(userId) ?? new Map<string, HereStatus>();
    if (status === "offline") statuses.delete(processId);
    else statuses.set(processId, status);
    if (statuses.size === 0) this.#people.delete(userId);
    else this.#people.set(userId, statuses);
  }

  #statusOf(userId: string): PresenceStatus {
    const statuses = this.#people.get(userId);
    if (statuses === undefined) return "offline";
    return [...statuses.values()].includes("online") ? "online" : "away";
  }
}
