import { type EventPayload, limits } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { ExpiringMap } from "../../platform/realtime/expiring-map.ts";
import { findDigests } from "./store.ts";

/** People whose sums are added up by one statement. */
const BATCH = 500;
/** Long enough for the catch-up after connecting to be over, mostly. */
const AFTER_CONNECTING_MS = 1_000;

const NOTHING: EventPayload<"sync:digest"> = { conversations: 0, versionSum: 0, readSum: 0 };

export interface DigestTeller {
  /** This person has connected. */
  expect(userId: string): void;
  /** Tells those whose turn it is: shortly after connecting, then every `limits.digestIntervalMs`. */
  tellDue(): Promise<void>;
}

/** By its digest a client notices that the last event of a conversation never reached it. */
export function createDigestTeller(deps: Pick<Deps, "db" | "fanOut" | "clock">): DigestTeller {
  const soon = new ExpiringMap<string, true>(deps.clock, AFTER_CONNECTING_MS);
  const later = new ExpiringMap<string, true>(deps.clock, limits.digestIntervalMs);

  async function tellBatch(): Promise<boolean> {
    const first = soon.takeEnded(BATCH);
    const due = [...first, ...later.takeEnded(BATCH - first.length)].map(([userId]) => userId);
    const connected = deps.fanOut.connected([...new Set(due)]);
    // Noted first: a failing database only puts it off.
    for (const userId of connected) later.set(userId, true);
    const digests = await findDigests(deps.db, connected);
    for (const userId of connected) deps.fanOut.toUsers([userId], "sync:digest", digests.get(userId) ?? NOTHING);
    return due.length > 0;
  }

  return {
    expect: (userId) => soon.set(userId, true),
    tellDue: async () => {
      while (await tellBatch());
    },
  };
}
