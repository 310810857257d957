import { isDeepStrictEqual } from "node:util";
import { setTimeout as delay } from "node:timers/promises";

/** What three looks in a row agree on, 200 ms apart: a page that was moved takes a while to lie still, a busy one longer. */
export async function readSettled<Value>(look: () => Promise<Value>, withinMs = 20_000): Promise<Value> {
  const end = performance.now() + withinMs;
  let value = await look();
  for (let agreed = 1; agreed < 3; ) {
    if (performance.now() > end) throw new Error(`It moves for more than ${withinMs} ms: ${String(look)}`);
    await delay(200);
    const next = await look();
    agreed = isDeepStrictEqual(next, value) ? agreed + 1 : 1;
    value = next;
  }
  return value;
}
