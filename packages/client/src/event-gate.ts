import type { ServerEvent } from "@parley/protocol";
import type { Clock } from "./clock.ts";
import type { ChatState } from "./state.ts";

export interface EventGatePorts {
  readonly clock: Clock;
  getState(): ChatState;
  /** Applies one event to the state, now. */
  apply(event: ServerEvent): void;
  /** Something is missing that will not come by itself. */
  onHole(): void;
}

/** How long a hole may wait for the event that closes it. */
const holeMs = 200;
/** Beyond this many held events in all, catching up is cheaper than holding. */
const heldLimit = 500;
/** How many lost conversations are remembered, against late events that would bring them back. */
const goneLimit = 500;

/**
 * Lets lasting events through in the order of their versions, conversation by conversation. What comes early is held
 * until the hole before it closes; a hole that stays is reported. Nothing here trusts the order of arrival.
 */
export class EventGate {
  readonly #ports: EventGatePorts;
  readonly #held = new Map<string, Map<number, ServerEvent>>();
  readonly #gone = new Map<string, number>();
  #heldCount = 0;
  #timer: unknown = null;

  constructor(ports: EventGatePorts) {
    this.#ports = ports;
  }

  /** Takes any event in any order. */
  accept(event: ServerEvent): void {
    const place = placeOf(event);
    if (!place) {
      this.#ports.apply(event);
      return;
    }
    if (this.isGone(place.conversationId, place.version)) return;
    if (this.#isOwnRemoval(event)) this.#lose(place.conversationId, place.version);
    const known = this.#knownVersion(place.conversationId);
    const starts = known === null && event.name === "conversation:new";
    if (starts || this.#isOwnRemoval(event) || (known !== null && place.version <= known + 1)) {
      this.#ports.apply(event);
      this.#release(place.conversationId);
    } else {
      this.#hold(place.conversationId, place.version, event);
    }
  }

  /** Whether the user lost the conversation at `version` or later. */
  isGone(conversationId: string, version: number): boolean {
    const goneAt = this.#gone.get(conversationId);
    return goneAt !== undefined && version <= goneAt;
  }

  /** Lets through what a catch-up has made possible, and drops what it has overtaken. */
  settle(): void {
    for (const conversationId of this.#held.keys()) this.#release(conversationId);
  }

  /** Nothing that was told so far counts any more. */
  clear(): void {
    this.close();
    this.#timer = null;
    this.#heldCount = 0;
  }

  close(): void {
    this.#ports.clock.clearTimeout(this.#timer);
    this.#held.clear();
    this.#gone.clear();
  }

  #knownVersion(conversationId: string): number | null {
    return this.#ports.getState().conversations.get(conversationId)?.version ?? null;
  }

  #isOwnRemoval(event: ServerEvent): boolean {
    return event.name === "participant:removed" && event.payload.userId === this.#ports.getState().self?.id;
  }

  #lose(conversationId: string, version: number): void {
    const before = this.#gone.get(conversationId) ?? 0;
    this.#gone.delete(conversationId);
    this.#gone.set(conversationId, Math.max(before, version));
    for (const oldest of this.#gone.keys()) {
      if (this.#gone.size <= goneLimit) break;
      this.#gone.delete(oldest);
    }
  }

  #hold(conversationId: string, version: number, event: ServerEvent): void {
    if (this.#heldCount >= heldLimit) {
      this.#held.clear();
      this.#heldCount = 0;
      this.#ports.onHole();
      return;
    }
    const held = this.#held.get(conversationId) ?? new Map<number, ServerEvent>();
    if (!held.has(version)) this.#heldCount += 1;
    this.#held.set(conversationId, held.set(version, event));
    this.#timer ??= this.#ports.clock.setTimeout(() => this.#reportHole(), holeMs);
  }

  #reportHole(): void {
    this.#timer = null;
    if (this.#held.size > 0) this.#ports.onHole();
  }

  #release(conversationId: string): void {
    const held = this.#held.get(conversationId);
    if (!held) return;
    for (const version of [...held.keys()].sort((a, b) => a - b)) {
      const event = held.get(version);
      if (!event || !this.#mayPass(conversationId, version, event)) continue;
      held.delete(version);
      this.#heldCount -= 1;
      if (!this.isGone(conversationId, version)) this.#ports.apply(event);
    }
    if (held.size === 0) this.#held.delete(conversationId);
    if (this.#held.size === 0) {
      this.#ports.clock.clearTimeout(this.#timer);
      this.#timer = null;
    }
  }

  #mayPass(conversationId: string, version: number, event: ServerEvent): boolean {
    if (this.isGone(conversationId, version)) return true;
    const known = this.#knownVersion(conversationId);
    return known === null ? event.name === "conversation:new" : version <= known + 1;
  }
}

/** Where a versioned event stands; null for events that carry no version. */
function placeOf(event: ServerEvent): { conversationId: string; version: number } | null {
  if (event.name === "conversation:new" || event.name === "conversation:updated") {
    return { conversationId: event.payload.id, version: event.payload.version };
  }
  if ("version" in event.payload && "conversationId" in event.payload) return event.payload;
  return null;
}
