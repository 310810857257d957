import closeWithGrace from "close-with-grace";
import type { Logger } from "./logger.ts";

/** One thing to do when the server stops. */
export interface StopStep {
  readonly name: string;
  /** It is given up after this many milliseconds, so that the next ones get their turn. */
  readonly withinMs: number;
  run(): void | Promise<void>;
}

/** All of it: who supervises the process usually kills it after 10 s. */
const STOP_WITHIN_MS = 9_500;

const SIGNALS = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;

/** Runs the steps in their order. One that fails or takes too long is logged and does not hold up the others. */
export async function runStopSteps(steps: readonly StopStep[], logger: Logger): Promise<void> {
  for (const step of steps) {
    try {
      await within(step);
    } catch (error) {
      logger.error({ err: error }, `While stopping: ${step.name} failed`);
    }
  }
}

async function within({ name, withinMs, run }: StopStep): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} took longer than ${withinMs} ms.`)), withinMs);
  });
  try {
    await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Stops in order when this worker is told to, by a signal or by the function that is returned. The terminal, a supervisor and the
 * primary may all tell it: that is one wish. An error that nobody caught ends it with exit code 1.
 */
export function stopWhenTold(stop: () => Promise<void>, logger: Logger): () => void {
  const handle = closeWithGrace({ delay: STOP_WITHIN_MS, logger: false, skip: [...SIGNALS] }, async ({ err }) => {
    if (err !== undefined) logger.fatal({ err }, "An error that nobody caught: the worker stops");
    await stop();
  });
  let isTold = false;
  const tell = (): void => {
    if (!isTold) handle.close();
    isTold = true;
  };
  for (const signal of SIGNALS) process.on(signal, tell);
  return tell;
}

/**
 * Stops in order when the process is told to (exit code 0) or has met an error that nobody caught (exit code 1). A second
 * signal, or a stop that takes too long, ends it at once.
 */
export function stopOnSignals(stop: () => Promise<void>, logger: Logger): void {
  const report = {
    error: (what: unknown) =>
      what instanceof Error ? logger.error({ err: what }, "stopping") : logger.error(String(what)),
  };
  closeWithGrace({ delay: STOP_WITHIN_MS, logger: report }, async ({ signal, err }) => {
    if (err !== undefined) logger.fatal({ err }, "An error that nobody caught: the server stops");
    else logger.info({ signal }, "The server stops");
    await stop();
  });
}
