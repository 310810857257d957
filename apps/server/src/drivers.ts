import { randomUUID } from "node:crypto";
import { createMemoryPresenceRegistry } from "./features/presence/memory-presence-registry.ts";
import type { PresenceBoard } from "./features/presence/presence-board.ts";
import type { PresenceRegistry } from "./features/presence/presence-registry.ts";
import { createRedisPresenceBoard } from "./features/presence/redis-presence-board.ts";
import { createSharedPresenceRegistry } from "./features/presence/shared-presence-registry.ts";
import type { Clock } from "./platform/clock.ts";
import { createMemoryRateLimiter } from "./platform/limits/memory-rate-limiter.ts";
import type { RateLimiter } from "./platform/limits/rate-limiter.ts";
import { createRedisTakes } from "./platform/limits/redis-takes.ts";
import { createSharedRateLimiter, type TakeAll } from "./platform/limits/shared-rate-limiter.ts";
import type { Logger } from "./platform/logger.ts";
import { connectRedis } from "./platform/redis/connect-redis.ts";

/** What the processes of one system share, besides PostgreSQL. */
interface Shared {
  readonly takeAll: TakeAll;
  readonly board: PresenceBoard;
}

/** What a worker reaches through the primary. */
export interface SharedThroughPrimary extends Shared {
  /** Metrics of all workers, as Prometheus text. */
  renderMetrics(): Promise<string>;
}

interface Drivers {
  readonly limiter: RateLimiter;
  readonly presence: PresenceRegistry;
  /** Whether Redis answers; left out where there is none. */
  readonly redisIsReady?: () => boolean;
  close(): void;
}

interface Choice {
  readonly redisUrl: string | null;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Of a worker: what it reaches through the primary. */
  readonly shared: Shared | null;
}

/** Presence and budgets: in Redis where there is one, else with the primary of several workers, else in the memory of this process. */
export function chooseDrivers({ redisUrl, clock, logger, shared }: Choice): Drivers {
  const memory = createMemoryRateLimiter();
  if (redisUrl !== null) {
    const redis = connectRedis(redisUrl, logger);
    return {
      ...over({ takeAll: createRedisTakes(redis), board: createRedisPresenceBoard(redis, randomUUID()) }),
      redisIsReady: () => redis.isReady,
      close: () => redis.close(),
    };
  }
  if (shared !== null) return { ...over(shared), close: () => {} };
  return { limiter: memory, presence: createMemoryPresenceRegistry(clock), close: () => {} };

  function over({ takeAll, board }: Shared) {
    return { limiter: createSharedRateLimiter(takeAll, memory), presence: createSharedPresenceRegistry(clock, board) };
  }
}
