import { type Heard, type Sighting } from "../history/history.ts";

interface Held {
  version: number;
  readonly messages: Map<number, Sighting>;
}

/** What a plain client keeps of its conversations, by versions: what it has, and whether something is missing. */
export class HeldMessages {
  readonly #held = new Map<string, Held>();

  /** The versions to catch up from. */
  versions(): Record<string, number> {
    const known = [...this.#held].filter(([, { version }]) => version > 0);
    return Object.fromEntries(known.map(([id, { version }]) => [id, version]));
  }

  all(): Sighting[] {
    return [...this.#held.values()].flatMap(({ messages }) => [...messages.values()]);
  }

  of(conversationId: string): readonly Sighting[] {
    return [...(this.#held.get(conversationId)?.messages.values() ?? [])];
  }

  lastSeq(conversationId: string): number {
    return Math.max(0, ...(this.#held.get(conversationId)?.messages.keys() ?? []));
  }

  /** @returns false when something between what is held and this event is missing */
  hear(event: Extract<Heard, { name: `message:${string}` }>): boolean {
    if ("message" in event) {
      this.#put(event.message);
      return this.step(event.message.conversationId, event.message.version);
    }
    const known = this.#held.get(event.conversationId)?.messages.get(event.seq);
    if (known !== undefined) this.#put({ ...known, version: event.version, content: null });
    return this.step(event.conversationId, event.version);
  }

  /** A change that carries a version, of whatever kind. */
  step(conversationId: string, version: number): boolean {
    const held = this.#heldOf(conversationId);
    if (version > held.version + 1) return false;
    held.version = Math.max(held.version, version);
    return true;
  }

  /** What a catch-up says. */
  put(conversationId: string, version: number, messages: readonly Sighting[]): void {
    for (const message of messages) this.#put(message);
    const held = this.#heldOf(conversationId);
    held.version = Math.max(held.version, version);
  }

  drop(conversationId: string): void {
    this.#held.delete(conversationId);
  }

  /** An older state of a message, coming late, changes nothing. */
  #put(message: Sighting): void {
    const { messages } = this.#heldOf(message.conversationId);
    if ((messages.get(message.seq)?.version ?? 0) <= message.version) messages.set(message.seq, message);
  }

  #heldOf(conversationId: string): Held {
    const held = this.#held.get(conversationId) ?? { version: 0, messages: new Map<number, Sighting>() };
    this.#held.set(conversationId, held);
    return held;
  }
}
