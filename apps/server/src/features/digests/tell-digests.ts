import { type EventPayload, limits } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { ExpiringMap } from "../../platform/realtime/expiring-map.ts";
import { findDigests } from "./store.ts";

/** People whose sums are added up by one statement. */
const BATCH = 500;
/** Long enough for the catch-up after connecting to be over, mostly. */
const AFTER_CONNECTING_MS = 1_000;
/** Between two turns of `tellDue`. */
export const TURN_MS = 250;
/** When everybody is to be told, in so many turns: not all of them catch up at the same moment. */
const HEALING_TURNS = 4;
/** Between two healings at least: a bus that loses notes all the time must not keep the database busy. */
const HEALING_INTERVAL_MS = 3_000;

const NOTHING: EventPayload<"sync:digest"> = { conversations: 0, versionSum: 0, readSum: 0, preferenceSum: 0 };

export interface DigestTeller {
  /** This person has connected. */
  expect(userId: string): void;
  /**
   * Events may have been lost on their way here: everybody is told within about a second. Asked again sooner than three
   * seconds later, it waits until then.
   */
  heal(): void;
  /** Tells those whose turn it is: shortly after connecting, then every `limits.digestIntervalMs`. Call it every `TURN_MS`. */
  tellDue(): Promise<void>;
}

/** By its digest a client notices that the last event of a conversation never reached it. Each process tells its own people. */
export function createDigestTeller(deps: Pick<Deps, "db" | "fanOut" | "clock">): DigestTeller {
  const soon = new ExpiringMap<string, true>(deps.clock, AFTER_CONNECTING_MS);
  const later = new ExpiringMap<string, true>(deps.clock, limits.digestIntervalMs);
  const healing = new Healing(deps);

  async function tell(userIds: readonly string[]): Promise<void> {
    const connected = deps.fanOut.connected(userIds);
    // Noted first: a failing database only puts it off.
    for (const userId of connected) later.set(userId, true);
    if (connected.length === 0) return;
    const [history, digests] = await Promise.all([deps.db.history(), findDigests(deps.db, connected)]);
    for (const userId of connected) {
      deps.fanOut.here.toUsers([userId], "sync:digest", { ...(digests.get(userId) ?? NOTHING), history });
    }
  }

  async function tellEnded(): Promise<boolean> {
    const first = soon.takeEnded(BATCH);
    const ended = [...first, ...later.takeEnded(BATCH - first.length)].map(([userId]) => userId);
    await tell([...new Set(ended)]);
    return ended.length > 0;
  }

  async function tellHealing(): Promise<void> {
    const share = healing.takeShare();
    try {
      for (let at = 0; at < share.length; at += BATCH) await tell(share.slice(at, at + BATCH));
    } catch (error) {
      healing.ask();
      throw error;
    }
  }

  return {
    expect: (userId) => soon.set(userId, true),
    heal: () => healing.ask(),
    tellDue: async () => {
      await tellHealing();
      while (await tellEnded());
    },
  };
}

/** Whose turn it is when everybody here is to be told. */
class Healing {
  readonly #deps: Pick<Deps, "fanOut" | "clock">;
  #left: string[] = [];
  #share = 0;
  #isAsked = false;
  #begunAt = Number.NEGATIVE_INFINITY;

  constructor(deps: Pick<Deps, "fanOut" | "clock">) {
    this.#deps = deps;
  }

  ask(): void {
    this.#isAsked = true;
  }

  /** The people of this turn; nobody when nothing was asked for. */
  takeShare(): string[] {
    const now = this.#deps.clock.now();
    const since = now - this.#begunAt;
    // A clock that was put back makes it negative, and must not put healing off until it is there again.
    if (this.#isAsked && (since < 0 || since >= HEALING_INTERVAL_MS)) {
      this.#isAsked = false;
      this.#begunAt = now;
      this.#left = this.#deps.fanOut.allConnected();
      this.#share = Math.ceil(this.#left.length / HEALING_TURNS);
    }
    return this.#left.splice(0, this.#share);
  }
}
