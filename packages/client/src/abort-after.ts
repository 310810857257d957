import type { Clock } from "./clock.ts";

/** Runs `task` with a signal that is aborted after `ms` of the clock, or together with one of `outer`. */
export async function abortAfter<Result>(
  clock: Clock,
  ms: number,
  outer: readonly (AbortSignal | undefined)[],
  task: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const handle = clock.setTimeout(abort, ms);
  for (const signal of outer) signal?.addEventListener("abort", abort, { once: true });
  if (outer.some((signal) => signal?.aborted)) abort();
  try {
    return await task(controller.signal);
  } finally {
    clock.clearTimeout(handle);
    for (const signal of outer) signal?.removeEventListener("abort", abort);
  }
}
