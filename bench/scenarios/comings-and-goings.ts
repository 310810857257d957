import { setTimeout as sleep } from "node:timers/promises";
import { startCrowd } from "./crowd/start-crowd.ts";
import { makePairs } from "./quiet-connections.ts";
import { type Memory, startWorld } from "./start-world.ts";

/** The longest lease (presence) and the longest budget are over. */
const FORGOTTEN_AFTER_MS = 65_000;

export interface ComingsFigures {
  /** Connections that were opened and cut so far; each joined its conversation, typed, and left it in between. */
  readonly comings: number;
  /** In the server, with nobody connected, right after a garbage collection. */
  readonly memory: Memory;
}

/** The same people come, type and are cut off again and again: memory must come back to where it was. */
export async function run({ people = 500, cycles = 20, waitMs = FORGOTTEN_AFTER_MS } = {}): Promise<ComingsFigures[]> {
  const world = await startWorld();
  const crowd = startCrowd();
  try {
    const members = await makePairs(world, people);
    const figures: ComingsFigures[] = [];
    // The first cycle fills caches and compiles code; the others are halved by a look at the memory.
    const looks = new Set([1, 1 + Math.ceil(cycles / 2), 1 + cycles]);
    for (let cycle = 1; cycle <= 1 + cycles; cycle += 1) {
      await crowd.connect(world.port, cycle === 1 ? members : []);
      await crowd.type();
      await crowd.cut();
      if (!looks.has(cycle)) continue;
      await sleep(waitMs);
      figures.push({ comings: cycle * members.length, memory: await world.memory() });
    }
    return figures;
  } finally {
    await crowd.stop();
    await world.stop();
  }
}
