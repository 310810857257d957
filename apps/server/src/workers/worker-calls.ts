import type { PresenceStatus } from "@parley/protocol";
import type { PersonStatus } from "../features/presence/presence-board.ts";
import type { Take } from "../platform/limits/shared-rate-limiter.ts";
import type { MetricValues } from "../platform/metrics.ts";

/** What a worker asks of the primary. */
export type PrimaryCalls = {
  /** It takes requests now. */
  readonly ready: readonly [null, null];
  readonly take: readonly [readonly Take[], readonly number[]];
  readonly join: readonly [null, readonly PersonStatus[]];
  readonly beat: readonly [readonly PersonStatus[], readonly PersonStatus[] | null];
  readonly look: readonly [readonly string[], readonly PresenceStatus[]];
  /** Those of all workers, as Prometheus text. */
  readonly metrics: readonly [null, string];
};

/** What the primary asks of a worker. */
export type WorkerCalls = {
  readonly metrics: readonly [null, readonly MetricValues[]];
  /** A sign of life. */
  readonly ping: readonly [null, null];
  /** It is to stop; the answer comes before it has. */
  readonly stop: readonly [null, null];
};
