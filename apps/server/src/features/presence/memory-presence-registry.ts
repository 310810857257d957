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
  const people = new Map<string, Person>();
  const leases = new ExpiringMap<string, string>(clock, limits.presenceLeaseMs);
  const graces = new ExpiringMap<string, true>(clock, GRACE_MS);
  const listeners: ((userId: string, status: PresenceStatus) => void)[] = [];

  function refresh(userId: string, person: Person): void {
    const status = graces.has(userId) ? person.status : aggregate(person.connections);
    if (status === "offline") people.delete(userId);
    if (status === person.status) return;
    person.status = status;
    for (const listener of listeners) listener(userId, status);
  }

  function put(userId: string, connectionId: string, status: HereStatus): void {
    const person = people.get(userId) ?? { connections: new Map(), status: "offline" };
    people.set(userId, person);
    person.connections.set(connectionId, status);
    leases.set(connectionId, userId);
    graces.delete(userId);
    refresh(userId, person);
  }

  function remove(userId: string, connectionId: string, withGrace: boolean): void {
    const person = people.get(userId);
    leases.delete(connectionId);
    if (person === undefined || !person.connections.delete(connectionId)) return;
    if (withGrace && person.connections.size === 0) graces.set(userId, true);
    refresh(userId, person);
  }

  function sweep(): void {
    for (const [connectionId, userId] of leases.takeEnded()) remove(userId, connectionId, false);
    for (const [userId] of graces.takeEnded()) {
      const person = people.get(userId);
      if (person !== undefined) refresh(userId, person);
    }
  }

  return {
    take: (userId, connectionId) => put(userId, connectionId, "online"),
    renew: (userId, connectionId, status) => {
      const held = people.get(userId)?.connections.get(connectionId);
      if (held !== undefined) put(userId, connectionId, status ?? held);
    },
    release: (userId, connectionId) => remove(userId, connectionId, true),
    statusOf: async (userIds) => new Map(userIds.map((userId) => [userId, people.get(userId)?.status ?? "offline"])),
    onChange: (listener) => void listeners.push(listener),
    close: clock.every(SWEEP_MS, sweep),
  };
}

function aggregate(connections: ReadonlyMap<string, HereStatus>): PresenceStatus {
  const statuses = [...connections.values()];
  if (statuses.includes("online")) return "online";
  return statuses.length > 0 ? "away" : "offline";
}
