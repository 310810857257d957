import { loadTrial } from "../load-trial.ts";
import type { Stage } from "../stage.ts";
import { startEcho, startParley, startTcp } from "../systems.ts";
import type { Trial } from "../trial.ts";

const RECEIVERS = [10, 100, 1_000] as const;
/** Plain: one message, and the next one when everybody has it. Coalesced: ten of them in one turn. */
const AT_A_TIME = [1, 10] as const;

/** One conversation with many receivers; everybody writes in turn. */
export async function prepareFanOut(stage: Stage): Promise<Trial[]> {
  const database = await stage.database();
  const systems = [
    await stage.system("tcp", startTcp),
    await stage.system("echo", startEcho),
    await stage.system("parley", () => startParley(database)),
  ];
  const trials: Trial[] = [];
  for (const receivers of RECEIVERS) {
    // Below a hundred the floor of bare TCP tells of round trips, not of writing.
    for (const system of systems.filter(({ name }) => name !== "tcp" || receivers >= 100)) {
      const generator = await stage.connect(system, await system.open(1, receivers + 1));
      for (const messages of AT_A_TIME) {
        const prefix = `${receivers.toLocaleString("en")} receivers, `;
        const load = { kind: "burst", messages } as const;
        trials.push(loadTrial({ scenario: "fan-out", system: system.name, generator, load, prefix }));
      }
    }
  }
  return trials;
}
