import type { Clock } from "./clock.ts";

const firstMs = 500;
const mostMs = 30_000;

/** Waiting time before the next try, in ms: exponential from 0.5 s to 30 s, full jitter. `failures` counts from 1. */
export function backOffMs(clock: Clock, failures: number): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** Math.max(0, failures - 1));
  return Math.round(clock.random() * ceiling);
}

/** How much longer than the server wants, at most: those who were told the same time must not meet again. */
const spread = 0.25;

/** As `backOffMs`, but never before the server wants it: `retryAfterMs` of its refusal. */
export function retryDelayMs(clock: Clock, failures: number, retryAfterMs: number | undefined): number {
  const wanted = (retryAfterMs ?? 0) * (1 + clock.random() * spread);
  return Math.max(Math.round(wanted), backOffMs(clock, failures));
}
