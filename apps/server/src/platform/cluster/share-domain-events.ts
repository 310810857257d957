import type { DomainEventBus, DomainEvents } from "../domain-events.ts";
import type { ProcessBus } from "./process-bus.ts";

/** Domain events that concern people wherever they are connected. */
const SHARED = ["unreadChanged", "conversationTold", "sessionsEnded"] as const;
type SharedName = (typeof SHARED)[number];

/** Tells the other processes the shared domain events of this one, and lets theirs happen here. */
export function shareDomainEvents(bus: DomainEventBus, processBus: ProcessBus): void {
  for (const name of SHARED) {
    bus.on(name, ({ userIds, ...payload }, origin) => {
      if (origin === "here") processBus.publish({ kind: "happened", name, userIds, payload });
    });
  }
  processBus.onNote((note) => {
    if (note.kind !== "happened" || !isShared(note.name)) return;
    // One system is of one version, or nearly: a listener that does not find what it needs is reported by the bus.
    const payload = { ...note.payload, userIds: note.userIds } as unknown as DomainEvents[SharedName];
    bus.emit(note.name, payload, "elsewhere");
  });
}

const isShared = (name: string): name is SharedName => (SHARED as readonly string[]).includes(name);
