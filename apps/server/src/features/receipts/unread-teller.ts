import { setImmediate as endOfTurn } from "node:timers/promises";
import type { Deps } from "../../deps.ts";
import { readUnreadOfPairs } from "./store.ts";

/** The least and the longest pause after a round, in milliseconds: under load many changes share one statement. */
const PAUSE_MS = { least: 100, longest: 500 };
/** A pause lasts so many times as long as its round took: numbers must not cost more than a few percent of the machine. */
const PAUSE_PER_ROUND = 20;
/** Pairs in one statement, at most. */
const PAIRS = 1_000;
/** Numbers told in one turn of the event loop. */
const TOLD_AT_ONCE = 50;

type TellerDeps = Pick<Deps, "db" | "fanOut" | "clock" | "logger">;

/**
 * Tells people their unread numbers after something changed. The numbers are absolute, so many changes need only one
 * telling: the first goes at once, those that follow closely are gathered. People without a connection to this
 * process are left out: another one tells them.
 */
export class UnreadTeller {
  readonly #deps: TellerDeps;
  readonly #changed = new Map<string, Set<string>>();
  #scheduled = false;
  #notBefore = 0;

  constructor(deps: TellerDeps) {
    this.#deps = deps;
  }

  /** The unread numbers of these people changed in this conversation. */
  changed(conversationId: string, userIds: readonly string[]): void {
    for (const userId of this.#deps.fanOut.connected(userIds)) {
      const conversations = this.#changed.get(userId) ?? new Set();
      this.#changed.set(userId, conversations.add(conversationId));
    }
    if (this.#changed.size > 0) this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const wait = Math.max(0, this.#notBefore - this.#deps.clock.now());
    // A clock that was put back must not silence it until it is there again.
    this.#deps.clock.after(Math.min(wait, PAUSE_MS.longest), () => void this.#round());
  }

  async #round(): Promise<void> {
    const pairs = this.#takePairs();
    const began = this.#deps.clock.now();
    try {
      await this.#tell(pairs);
    } catch (error) {
      // The next change, or the client's next sync, brings the numbers.
      this.#deps.logger.warn({ err: error }, "could not tell unread numbers");
    }
    const ended = this.#deps.clock.now();
    const pause = Math.max(PAUSE_MS.least, (ended - began) * PAUSE_PER_ROUND);
    this.#notBefore = ended + Math.min(pause, PAUSE_MS.longest);
    this.#scheduled = false;
    if (this.#changed.size > 0) this.#schedule();
  }

  #takePairs(): [userIds: string[], conversationIds: string[]] {
    const userIds: string[] = [];
    const conversationIds: string[] = [];
    for (const [userId, conversations] of this.#changed) {
      if (userIds.length >= PAIRS) break;
      this.#changed.delete(userId);
      for (const conversationId of conversations) {
        userIds.push(userId);
        conversationIds.push(conversationId);
      }
    }
    return [userIds, conversationIds];
  }

  async #tell([userIds, conversationIds]: [string[], string[]]): Promise<void> {
    const rows = await this.#deps.db.query(readUnreadOfPairs, [userIds, conversationIds]);
    for (const [index, { user_id, conversation_id: conversationId, unread, total }] of rows.entries()) {
      // Each is a frame of its own: messages must not wait behind a thousand of them.
      if (index % TOLD_AT_ONCE === TOLD_AT_ONCE - 1) await endOfTurn();
      this.#deps.fanOut.here.toParticipants(conversationId, [user_id], "unread:updated", {
        conversationId,
        unread,
        total,
      });
    }
  }
}
