import type { Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";
import type { Metrics } from "../metrics.ts";
import type { Tracing } from "../tracing/tracing.ts";

/** Something to be done again and again. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<void>;
}

interface JobDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics?: Pick<Metrics, "jobRun">;
  readonly tracing?: Tracing | undefined;
}

/** Runs each job at its interval, never twice at once; a failure is logged and the next turn comes. Returns how to stop. */
export function startJobs({ clock, logger, metrics, tracing }: JobDeps, jobs: readonly Job[]): () => void {
  const stops = jobs.map(({ name, everyMs, run }) => {
    let isRunning = false;
    const turn = tracing === undefined ? run : () => tracing.ownTrace(`job ${name}`, {}, run);
    return clock.every(everyMs, () => {
      if (isRunning) return;
      isRunning = true;
      const startedAt = performance.now();
      const measure = (outcome: "ok" | "failed") =>
        metrics?.jobRun(name, outcome, (performance.now() - startedAt) / 1_000);
      turn()
        .then(() => measure("ok"))
        .catch((error: unknown) => {
          measure("failed");
          logger.error({ err: error, job: name }, "A job failed");
        })
        .finally(() => {
          isRunning = false;
        });
    });
  });
  return () => {
    for (const stop of stops) stop();
  };
}
