import type { Clock } from "../clock.ts";

/** Width of a bucket, and the time between two turns of the wheel. */
const TURN_MS = 250;

/** Ends of many things, by one timer. */
export interface ExpiryWheel<Item> {
  /** Sets or moves the end of an item, in milliseconds since the epoch. */
  schedule(item: Item, endsAt: number): void;
  cancel(item: Item): void;
  stop(): void;
}

/** Calls `onEnd` for each item, never before its end, and at most half a second after it. */
export function createExpiryWheel<Item>(clock: Clock, onEnd: (item: Item) => void): ExpiryWheel<Item> {
  const buckets = new Map<number, Set<Item>>();
  const bucketOf = new Map<Item, number>();

  function cancel(item: Item): void {
    const bucket = bucketOf.get(item);
    if (bucket === undefined) return;
    bucketOf.delete(item);
    const items = buckets.get(bucket);
    items?.delete(item);
    if (items?.size === 0) buckets.delete(bucket);
  }

  function turn(): void {
    const current = Math.floor(clock.now() / TURN_MS);
    const due = [...buckets].filter(([bucket]) => bucket <= current);
    for (const item of due.flatMap(([, items]) => [...items])) {
      cancel(item);
      onEnd(item);
    }
  }

  return {
    schedule: (item, endsAt) => {
      cancel(item);
      const bucket = Math.ceil(endsAt / TURN_MS);
      bucketOf.set(item, bucket);
      const items = buckets.get(bucket) ?? new Set();
      buckets.set(bucket, items.add(item));
    },
    cancel,
    stop: clock.every(TURN_MS, turn),
  };
}
