import type { EventPayload, SyncResult } from "@parley/protocol";
import type { Clock } from "./clock.ts";
import type { Http } from "./http.ts";
import type { ChatState } from "./state.ts";

export interface CatchUpPorts {
  readonly http: Http;
  readonly clock: Clock;
  getState(): ChatState;
  /** Who am I; before the first answer nothing can be counted. */
  identify(): Promise<void>;
  /** By how much the user's own read position runs ahead of what the server has confirmed. */
  unconfirmedRead(conversationId: string): number;
  /** Lays one answer over the state; `versions` are those that were sent. */
  apply(result: SyncResult, versions: ReadonlyMap<string, number>): void;
  /** The state holds everything that the server had. */
  onDone(): void;
}

/** How long sums may differ before it counts as a loss: the event may be on its way. */
const digestPatienceMs = 500;
/** As many versions as one call may carry. */
const versionsLimit = 2_000;

/** Brings everything that was missed. Requests at the same time share one run, and at most one more follows it. */
export class CatchUp {
  readonly #ports: CatchUpPorts;
  #running: Promise<void> | null = null;
  #queued: Promise<void> | null = null;
  #digest: EventPayload<"sync:digest"> | null = null;
  #timer: unknown = null;

  constructor(ports: CatchUpPorts) {
    this.#ports = ports;
  }

  /** Resolves when everything that the server had at the time of the call is here; rejects with a `ChatError`. */
  run(): Promise<void> {
    if (!this.#running) return this.#start();
    const running = this.#running;
    this.#queued ??= running
      .catch(() => undefined)
      .then(() => {
        this.#queued = null;
        return this.#start();
      });
    return this.#queued;
  }

  /** The server's sums; looked at again after a moment. */
  check(digest: EventPayload<"sync:digest">): void {
    this.#digest = digest;
    if (this.#agrees(digest)) return;
    this.#timer ??= this.#ports.clock.setTimeout(() => this.#checkAgain(), digestPatienceMs);
  }

  close(): void {
    this.#ports.clock.clearTimeout(this.#timer);
  }

  #checkAgain(): void {
    this.#timer = null;
    if (this.#digest && !this.#agrees(this.#digest)) this.run().catch(() => undefined);
  }

  #agrees(digest: EventPayload<"sync:digest">): boolean {
    const state = this.#ports.getState();
    let versions = 0;
    let reads = 0;
    for (const conversation of state.conversations.values()) {
      versions += conversation.version;
      reads += conversation.lastSeq - conversation.unread;
    }
    return (
      state.conversations.size === digest.conversations && versions >= digest.versionSum && reads >= digest.readSum
    );
  }

  #start(): Promise<void> {
    this.#running = this.#bringAll().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #bringAll(): Promise<void> {
    await this.#ports.identify();
    let before = "";
    for (;;) {
      const held = this.#held();
      const versions = Object.fromEntries(held.map(({ id, version }) => [id, version]));
      const positions = Object.fromEntries(held.map(({ id, positions: sum }) => [id, sum]));
      const result = await this.#ports.http.call("sync", { body: { versions, positions } });
      this.#ports.apply(result, new Map(Object.entries(versions)));
      const now = JSON.stringify(versions);
      // The same question twice would be answered in the same way for ever.
      if (!result.more || now === before) break;
      before = now;
    }
    this.#ports.onDone();
  }

  #held(): { id: string; version: number; positions: number }[] {
    return [...this.#ports.getState().conversations.values()].slice(0, versionsLimit).map((conversation) => ({
      id: conversation.id,
      version: conversation.version,
      positions:
        conversation.participants.reduce((sum, { readSeq, deliveredSeq }) => sum + readSeq + deliveredSeq, 0) -
        this.#ports.unconfirmedRead(conversation.id),
    }));
  }
}
