import { options } from "preact";

/** What `work` changes is on screen when this returns. */
export function flushSync<Result>(work: () => Result): Result {
  const scheduled = options.debounceRendering;
  let now: (() => void) | undefined;
  options.debounceRendering = (task) => {
    now = task;
  };
  try {
    const result = work();
    now?.();
    return result;
  } finally {
    if (scheduled === undefined) delete options.debounceRendering;
    else options.debounceRendering = scheduled;
  }
}
