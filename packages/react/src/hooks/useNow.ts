import { useEffect, useState } from "react";

/** Milliseconds since the epoch, moved on every `intervalMs`: for "5 minutes ago" and the turn of the day. */
export function useNow(intervalMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return now;
}
