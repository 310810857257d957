import { setTimeout as delay } from "node:timers/promises";

/** Resolves with what `look` finds, as soon as that is truthy; rejects after `withinMs`. */
export async function waitUntil<Found>(
  look: () => Found | Promise<Found>,
  { withinMs = 10_000, what = look.toString() }: { withinMs?: number; what?: string } = {},
): Promise<NonNullable<Found>> {
  const end = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await delay(10);
  }
}
