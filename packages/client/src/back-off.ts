import type { Clock } from "./clock.ts";

const firstMs = 500;
const mostMs = 30_000;

/** Waiting time before the next try, in ms: exponential from 0.5 s to 30 s, full jitter. `failures` counts from 1. */
export function backOffMs(clock: Clock, failures: number): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** Math.max(0, failures - 1));
  return Math.round(clock.random() * ceiling);
}
