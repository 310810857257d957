import { limits } from "@parley/protocol";
import type { Clock } from "../../platform/clock.ts";
import { ExpiringMap } from "../../platform/realtime/expiring-map.ts";
import type { TypingRegistry } from "./typing-registry.ts";

const SWEEP_MS = 250;

interface Lease {
  readonly conversationId: string;
  readonly userId: string;
  readonly isTold: boolean;
}

/** Driver in the memory of one process. */
export function createMemoryTypingRegistry(clock: Clock): TypingRegistry {
  const leases = new ExpiringMap<string, Lease>(clock, limits.typingExpiresMs);
  /** Who was announced a moment ago, also when they stopped since. */
  const announced = new ExpiringMap<string, true>(clock, limits.typingIntervalMs);
  const listeners: ((conversationId: string, userId: string) => void)[] = [];
  // NUL is in no id.
  const keyOf = (conversationId: string, userId: string): string => `${conversationId}\0${userId}`;

  function sweep(): void {
    announced.takeEnded();
    for (const [, { conversationId, userId, isTold }] of leases.takeEnded()) {
      if (isTold) for (const listener of listeners) listener(conversationId, userId);
    }
  }

  return {
    start: async (conversationId, userId) => {
      const key = keyOf(conversationId, userId);
      const isToBeTold = !announced.has(key);
      if (isToBeTold) announced.set(key, true);
      const isTold = isToBeTold || (leases.get(key)?.isTold ?? false);
      leases.set(key, { conversationId, userId, isTold });
      return isToBeTold;
    },
    stop: async (conversationId, userId) => {
      const key = keyOf(conversationId, userId);
      const isTold = leases.get(key)?.isTold ?? false;
      leases.delete(key);
      return isTold;
    },
    onExpire: (listener) => void listeners.push(listener),
    close: clock.every(SWEEP_MS, sweep),
  };
}
