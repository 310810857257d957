import type { Deps } from "./deps.ts";
import type { PacedQueue } from "./platform/limits/paced-queue.ts";

type WatchDeps = Pick<Deps, "metrics" | "appender" | "db" | "tracing"> & {
  /** Queues of what may wait, by name. */
  readonly queues: Readonly<Record<string, Pick<PacedQueue, "size">>>;
};

/** What `/metrics` shows of queues, pools and connections, as it is at that moment. */
export function watchState(deps: WatchDeps, redisIsReady: (() => boolean) | undefined): void {
  watchQueues(deps);
  watchPools(deps);
  watchTraces(deps);
  if (redisIsReady === undefined) return;
  deps.metrics.watch({
    name: "parley_redis_ready",
    help: "1 while Redis answers for presence and budgets; else each process keeps its own.",
    together: "min",
    read: () => [[{}, redisIsReady() ? 1 : 0]],
  });
}

function watchQueues({ metrics, appender, queues }: WatchDeps): void {
  metrics.watch({
    name: "parley_queue_waiting",
    help: "What waits: messages for their batch, what was missed, searches.",
    labels: ["queue"],
    read: () => [
      [{ queue: "messages" }, appender.waiting],
      ...Object.entries(queues).map(([queue, { size }]) => [{ queue }, size.waiting] as const),
    ],
  });
}

function watchPools({ metrics, db }: WatchDeps): void {
  metrics.watch({
    name: "parley_pool_connections",
    help: "Connections to PostgreSQL, by pool; busy: lent; idle; waiting: those who ask for one.",
    labels: ["pool", "state"],
    read: () =>
      db
        .pools()
        .flatMap(({ pool, busy, idle, waiting }) => [
          [{ pool, state: "busy" }, busy] as const,
          [{ pool, state: "idle" }, idle] as const,
          [{ pool, state: "waiting" }, waiting] as const,
        ]),
  });
}

function watchTraces({ metrics, tracing }: WatchDeps): void {
  if (tracing === undefined) return;
  metrics.watch({
    name: "parley_trace_spans_total",
    isCount: true,
    help: "Spans since the start: handed to the collector, or lost on the way.",
    labels: ["outcome"],
    read: () => [
      [{ outcome: "sent" }, tracing.counts.sent],
      [{ outcome: "lost" }, tracing.counts.lost],
    ],
  });
}
