import { type Conversation, type EventPayload, limits, type SyncInput, type SyncResult } from "@parley/protocol";
import type { Clock } from "./clock.ts";
import type { Http } from "./http.ts";
import { selectConversationsByActivity } from "./selectors.ts";
import type { ChatState } from "./state.ts";

export interface CatchUpPorts {
  readonly http: Http;
  readonly clock: Clock;
  getState(): ChatState;
  /** Who am I; before the first answer nothing can be counted. */
  identify(): Promise<void>;
  /** By how much the user's own read position runs ahead of what the server has confirmed. */
  unconfirmedRead(conversationId: string): number;
  /** What is held belongs to a history that the server has forgotten: all of it goes. */
  startOver(): void;
  /** Lays one answer over the state; `versions` are those that were sent. */
  apply(result: SyncResult, versions: ReadonlyMap<string, number>): void;
  /** The state holds everything that the server had. */
  onDone(): void;
}

/** How long sums may differ before it counts as a loss: the event may be on its way. */
const digestPatienceMs = 500;

/** Brings everything that was missed. Requests at the same time share one run, and at most one more follows it. */
export class CatchUp {
  readonly #ports: CatchUpPorts;
  #running: Promise<void> | null = null;
  #queued: Promise<void> | null = null;
  #digest: EventPayload<"sync:digest"> | null = null;
  /** The last sums after which everything was brought: the same again cannot mean a loss. */
  #settled: EventPayload<"sync:digest"> | null = null;
  #timer: unknown = null;
  /** Of which history of the server's the state is; null before the first answer. */
  #history: string | null = null;

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
    const digest = this.#digest;
    if (!digest || this.#agrees(digest)) return;
    if (this.#running) {
      // It may bring what is missing: a busy server is not asked twice. When it fails it is tried again anyway.
      this.#running.then(() => this.#checkAgain()).catch(() => undefined);
      return;
    }
    this.run()
      .then(() => {
        this.#settled = digest;
      })
      .catch(() => undefined);
  }

  #agrees(digest: EventPayload<"sync:digest">): boolean {
    if (this.#isOther(digest.history)) return false;
    if (this.#settled && sameSums(this.#settled, digest)) return true;
    const state = this.#ports.getState();
    let versions = 0;
    let reads = 0;
    for (const conversation of state.conversations.values()) {
      versions += conversation.version;
      reads += conversation.lastSeq - conversation.unread;
    }
    return (
      state.conversations.size === digest.conversations &&
      versions >= digest.versionSum &&
      reads >= digest.readSum &&
      preferenceSum(state.conversations) >= digest.preferenceSum
    );
  }

  #start(): Promise<void> {
    this.#running = this.#bringAll().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #bringAll(): Promise<void> {
    const identified = this.#ports.identify();
    // Whoever holds nothing yet gets everything with the conversations.
    const isFirst = this.#ports.getState().conversations.size === 0;
    for (;;) {
      const before = this.#ports.getState().conversations;
      const question = this.#question(isFirst);
      const result = await this.#ask(question, identified);
      if (this.#isOther(result.history) || isBehind(result, question)) {
        await this.#startOver(identified);
        continue;
      }
      this.#take(result, question);
      // Beyond what one call may carry, the same conversations come as new ones again and again.
      if (!result.more || !this.#hasMoved(before, result)) break;
    }
    this.#ports.onDone();
  }

  /** Both are asked for at once; what came is counted only when it is known for whom. */
  async #ask(body: SyncInput, identified: Promise<void>): Promise<SyncResult> {
    const [result] = await Promise.all([this.#ports.http.call("sync", { body }), identified]);
    return result;
  }

  #take(result: SyncResult, { versions }: SyncInput): void {
    this.#history = result.history ?? null;
    this.#ports.apply(result, new Map(Object.entries(versions)));
  }

  /** What is held goes only when there is something to take its place. */
  async #startOver(identified: Promise<void>): Promise<void> {
    const nothing = { versions: {} };
    const result = await this.#ask(nothing, identified);
    this.#ports.startOver();
    this.#take(result, nothing);
  }

  #question(isFirst: boolean): SyncInput {
    const held = this.#held();
    return {
      versions: Object.fromEntries(held.map(({ id, version }) => [id, version])),
      positions: Object.fromEntries(held.map(({ id, positions }) => [id, positions])),
      ...(!isFirst && { preferenceSum: preferenceSum(this.#ports.getState().conversations) }),
    };
  }

  #isOther(history: string | undefined): boolean {
    return history !== undefined && this.#history !== null && history !== this.#history;
  }

  /** The answer brought something that was not here when it was asked for. */
  #hasMoved(before: ChatState["conversations"], { changes }: SyncResult): boolean {
    const now = this.#ports.getState().conversations;
    return changes.some(({ conversation: { id, version } }) => {
      const held = before.get(id);
      return now.has(id) && (held === undefined || held.version < version);
    });
  }

  /** Of more than one call may carry, the most recently active ones. */
  #held(): { id: string; version: number; positions: number }[] {
    const newest = selectConversationsByActivity(this.#ports.getState()).slice(0, limits.syncVersions);
    return newest.map((conversation) => ({
      id: conversation.id,
      version: conversation.version,
      positions: positionSum(conversation) - this.#ports.unconfirmedRead(conversation.id),
    }));
  }
}

/** A server never gives a version back that it has told, unless it was restored. */
function isBehind({ changes }: SyncResult, { versions }: SyncInput): boolean {
  return changes.some(({ conversation: { id, version } }) => version < (versions[id] ?? 0));
}

function positionSum({ participants }: Conversation): number {
  return participants.reduce((sum, { readSeq, deliveredSeq }) => sum + readSeq + deliveredSeq, 0);
}

function preferenceSum(conversations: ChatState["conversations"]): number {
  let sum = 0;
  for (const { preferences } of conversations.values()) sum += preferences.version;
  return sum;
}

type Sums = EventPayload<"sync:digest">;
function sameSums(a: Sums, b: Sums): boolean {
  return (
    a.conversations === b.conversations &&
    a.versionSum === b.versionSum &&
    a.readSum === b.readSum &&
    a.preferenceSum === b.preferenceSum
  );
}
