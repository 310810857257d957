import { useEffect, useState } from "react";

/**
 * Whole seconds until then, rounded up; 0 when it is over. `until`: milliseconds since the epoch, for good: give the component
 * a `key` where it changes.
 */
export function useCountdown(until: number): number {
  const [left, setLeft] = useState(() => secondsUntil(until));
  useEffect(() => {
    if (left === 0) return;
    // The moment at which the next lower number is right, by the clock: a tab in the background loses no second.
    const timer = setTimeout(() => setLeft(secondsUntil(until)), Math.max(1, until - (left - 1) * 1_000 - Date.now()));
    return () => clearTimeout(timer);
  }, [until, left]);
  return left;
}

const secondsUntil = (until: number) => Math.max(0, Math.ceil((until - Date.now()) / 1_000));
