import type { Clock } from "./clock.ts";

/** Runs `task` with a signal that is aborted after `ms` of the clock, or together with `outer`. */
export async function abortAfter<Result>(
  clock: Clock,
  ms: number,
  outer: AbortSignal | undefined,
  task: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const handle = clock.setTimeout(abort, ms);
  outer?.addEventListener("abort", abort, { once: true });
  if (outer?.aborted) abort();
  try {
    return await task(controller.signal);
  } finally {
    clock.clearTimeout(handle);
    outer?.removeEventListener("abort", abort);
  }
}
