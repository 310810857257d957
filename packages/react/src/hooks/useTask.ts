import { useLayoutEffect, useState } from "react";

/**
 * In which task after the first one this is, counted up to `last`: what comes in several tasks leaves the browser time to answer in
 * between. At once at its last with `already`, and where no document is.
 */
export function useTask(last: number, already: boolean): number {
  const [task, setTask] = useState(already || typeof document === "undefined" ? last : 0);
  // An effect after the next picture would wait for that picture as well.
  useLayoutEffect(() => {
    if (task === last) return;
    const timer = setTimeout(() => setTask(task + 1));
    return () => clearTimeout(timer);
  }, [task, last]);
  return task;
}
