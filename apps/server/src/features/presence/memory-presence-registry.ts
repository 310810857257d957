import { limits, type PresenceStatus } from "@parley/protocol";
import type { Clock } from "../../platform/clock.ts";
import { ExpiringMap } from "../../platform/realtime/expiring-map.ts";
import type { HereStatus, PresenceRegistry } from "./presence-registry.ts";

/** A reload of the page takes less: nobody sees the person go and come. */
const GRACE_MS = 5_000;
const SWEEP_MS = 500;

interface Person {
  readonly connections: Map<string, HereStatus>;
  /** What the listeners heard last. */
  status: PresenceStatus;
}

/** Driver in the memory of one process. */
export function createMemoryPresenceRegistry(clock: Clock): PresenceRegistry {
  return new MemoryPresenceRegistry(clock);
}

class MemoryPresenceRegistry implements PresenceRegistry {
  readonly #people = new Map<string, Person>();
  readonly #leases: ExpiringMap<string, string>;
  readonly #graces: ExpiringMap<string, true>;
  readonly #listeners: ((userId: string, status: PresenceStatus) => void)[] = [];
  readonly #stopSweeping: () => void;

  constructor(clock: Clock) {
    this.#leases = new ExpiringMap(clock, limits.presenceLeaseMs);
    this.#graces = new ExpiringMap(clock, GRACE_MS);
    this.#stopSweeping = clock.every(SWEEP_MS, () => this.#sweep());
  }

  take(userId: string, connectionId: string): void {
    this.#put(userId, connectionId, "online");
  }

  renew(userId: string, connectionId: string, status?: HereStatus): void {
    const held = this.#people.get(userId)?.connections.get(connectionId);
    if (held !== undefined) this.#put(userId, connectionId, status ?? held);
  }

  release(userId: string, connectionId: string): void {
    this.#remove(userId, connectionId, true);
  }

  async statusOf(userIds: readonly string[]): Promise<ReadonlyMap<string, PresenceStatus>> {
    return new Map(userIds.map((userId) => [userId, this.#people.get(userId)?.status ?? "offline"]));
  }

  here(): readonly string[] {
    return [...this.#people.keys()];
  }

  onChange(listener: (userId: string, status: PresenceStatus) => void): void {
    this.#listeners.push(listener);
  }

  close(): void {
    this.#stopSweeping();
  }

  #put(userId: string, connectionId: string, status: HereStatus): void {
    const person = this.#people.get(userId) ?? { connections: new Map(), status: "offline" };
    this.#people.set(userId, person);
    person.connections.set(connectionId, status);
    this.#leases.set(connectionId, userId);
    this.#graces.delete(userId);
    this.#refresh(userId, person);
  }

  #remove(userId: string, connectionId: string, withGrace: boolean): void {
    const person = this.#people.get(userId);
    this.#leases.delete(connectionId);
    if (person === undefined || !person.connections.delete(connectionId)) return;
    if (withGrace && person.connections.size === 0) this.#graces.set(userId, true);
    this.#refresh(userId, person);
  }

  #refresh(userId: string, person: Person): void {
    const status = this.#graces.has(userId) ? person.status : aggregate(person.connections);
    if (status === "offline") this.#people.delete(userId);
    if (status === person.status) return;
    person.status = status;
    for (const listener of this.#listeners) listener(userId, status);
  }

  #sweep(): void {
    for (const [connectionId, userId] of this.#leases.takeEnded()) this.#remove(userId, connectionId, false);
    for (const [userId] of this.#graces.takeEnded()) {
      const person = this.#people.get(userId);
      if (person !== undefined) this.#refresh(userId, person);
    }
  }
}

function aggregate(connections: ReadonlyMap<string, HereStatus>): PresenceStatus {
  const statuses = [...connections.values()];
  if (statuses.includes("online")) return "online";
  return statuses.length > 0 ? "away" : "offline";
}
