import type { Load } from "../load-job.ts";
import { loadTrial } from "../load-trial.ts";
import { findPeers } from "../peers/find-peers.ts";
import type { Stage } from "../stage.ts";
import { startEcho, startNaive, startParley, type System } from "../systems.ts";
import type { Trial } from "../trial.ts";

const PAIRS = 64;
const LOADS: readonly Load[] = [1, 32, 512].map((inFlight) => ({ kind: "closed", inFlight }));

/** One message at a time says nothing new of them. */
const NOT_ALONE = new Set(["naive", "echo"]);

/** The same messages between the same number of people, over everything that can be started here. */
export async function prepareBesidePeers(stage: Stage, onMissing: (peer: string, why: string) => void) {
  const database = await stage.database();
  const systems: System[] = [
    await stage.system("parley", () => startParley(database)),
    await stage.system("naive", () => startNaive(database)),
    await stage.system("echo", startEcho),
  ];
  for (const { peer, context } of await findPeers(stage, onMissing)) {
    const started = await stage
      .system(peer.name, () => peer.start(context))
      .catch((error: Error) => {
        onMissing(peer.name, error.message);
        return null;
      });
    if (started !== null) systems.push(started);
  }
  const trials: Trial[] = [];
  for (const system of systems) {
    const generator = await stage.connect(system, await system.open(PAIRS, 2));
    for (const load of LOADS.slice(NOT_ALONE.has(system.name) ? 1 : 0))
      trials.push(loadTrial({ scenario: "peers", system: system.name, generator, load }));
  }
  return trials;
}
