import type { Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";
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
  readonly tracing?: Tracing | undefined;
}

/** Runs each job at its interval, never twice at once; a failure is logged and the next turn comes. Returns how to stop. */
export function startJobs({ clock, logger, tracing }: JobDeps, jobs: readonly Job[]): () => void {
  const stops = jobs.map(({ name, everyMs, run }) => {
    let isRunning = false;
    const turn = tracing === undefined ? run : () => tracing.ownTrace(`job ${name}`, {}, run);
    return clock.every(everyMs, () => {
      if (isRunning) return;
      isRunning = true;
      turn()
        .catch((error: unknown) => logger.error({ err: error, job: name }, "A job failed"))
        .finally(() => {
          isRunning = false;
        });
    });
  });
  return () => {
    for (const stop of stops) stop();
  };
}
