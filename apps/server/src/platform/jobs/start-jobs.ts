import type { Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";

/** Something to be done again and again. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<void>;
}

/** Runs each job at its interval, never twice at once; a failure is logged and the next turn comes. Returns how to stop. */
export function startJobs({ clock, logger }: { clock: Clock; logger: Logger }, jobs: readonly Job[]): () => void {
  const stops = jobs.map(({ name, everyMs, run }) => {
    let isRunning = false;
    return clock.every(everyMs, () => {
      if (isRunning) return;
      isRunning = true;
      run()
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
