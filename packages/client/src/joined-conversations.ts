import type { Presence } from "@parley/protocol";

export interface JoinedPorts {
  /** Asks the server; rejects when there is no socket. */
  join(conversationId: string): Promise<readonly Presence[]>;
  leave(conversationId: string): void;
  onPresence(presence: readonly Presence[]): void;
}

/** What is open on screen, however many places show it; told anew to every new socket. */
export class JoinedConversations {
  readonly #ports: JoinedPorts;
  readonly #places = new Map<string, number>();

  constructor(ports: JoinedPorts) {
    this.#ports = ports;
  }

  has(conversationId: string): boolean {
    return this.#places.has(conversationId);
  }

  /** Returns how to end it; calling that twice does nothing. */
  join(conversationId: string): () => void {
    const places = this.#places.get(conversationId) ?? 0;
    this.#places.set(conversationId, places + 1);
    if (places === 0) void this.#tell(conversationId);
    let here = true;
    return () => {
      if (here) this.#leave(conversationId);
      here = false;
    };
  }

  /** A new socket knows of nothing yet. */
  rejoin(): void {
    for (const conversationId of this.#places.keys()) void this.#tell(conversationId);
  }

  #leave(conversationId: string): void {
    const places = this.#places.get(conversationId) ?? 0;
    if (places > 1) {
      this.#places.set(conversationId, places - 1);
      return;
    }
    this.#places.delete(conversationId);
    this.#ports.leave(conversationId);
  }

  /** A refusal (the conversation is gone) needs no word: catching up removes it. */
  async #tell(conversationId: string): Promise<void> {
    const presence = await this.#ports.join(conversationId).catch(() => []);
    if (this.has(conversationId)) this.#ports.onPresence(presence);
  }
}
