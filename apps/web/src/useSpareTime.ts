import { useEffect, useState } from "react";

/** Whatever the browser has to do, it takes no longer than this, in ms. */
const LONGEST_MS = 500;

/** True from the first time on that the browser has nothing else to do; `already` does not wait for that. */
export function useSpareTime(already: boolean): boolean {
  const [came, setCame] = useState(already);
  const waits = !came && !already;
  useEffect(() => {
    if (!waits) return;
    const take = () => setCame(true);
    if (typeof requestIdleCallback !== "function") {
      const timer = setTimeout(take);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(take, { timeout: LONGEST_MS });
    return () => cancelIdleCallback(idle);
  }, [waits]);
  return came || already;
}
