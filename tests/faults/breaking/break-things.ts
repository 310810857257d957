import { cpus, loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../world/random.ts";
import type { World } from "../world/start-world.ts";
import type { Fault } from "./fault.ts";

interface Breaking {
  readonly world: World;
  readonly faults: readonly Fault[];
  readonly random: Random;
  /** No new fault after this time. */
  readonly durationMs: number;
}

/** After some repairs there is time to see that all is as before; after others the next fault follows at once. */
const CALM = 0.3;

/** Breaks one thing after the other until the time is over: all of them in a drawn order, then again in another. */
export async function breakThings({ world, faults, random, durationMs }: Breaking): Promise<void> {
  const { history } = world;
  if (faults.length === 0) return;
  const until = performance.now() + durationMs;
  await sleep(random.between(2_000, 3_000));
  for (const fault of endlessly(faults, random)) {
    if (performance.now() > until) return;
    history.write({ type: "broken", at: history.now(), what: fault.name, server: null });
    const server = await fault.breakIt({ world, random });
    history.write({ type: "repaired", at: history.now(), what: fault.name, server, load: loadOfCore() });
    await sleep(random.next() < CALM ? random.between(6_000, 8_000) : random.between(300, 2_000));
  }
}

const loadOfCore = (): number => (loadavg()[0] ?? 0) / cpus().length;

function* endlessly(faults: readonly Fault[], random: Random): Generator<Fault> {
  for (;;) {
    const left = [...faults];
    while (left.length > 0) yield* left.splice(Math.floor(random.next() * left.length), 1);
  }
}
