import type { Load } from "../load-job.ts";
import { loadTrial } from "../load-trial.ts";
import type { Stage } from "../stage.ts";
import { startEcho, startNaive, startParley } from "../systems.ts";
import type { Trial } from "../trial.ts";

const PEOPLE = 10;
const LOADS: readonly Load[] = [
  { kind: "open", rate: 500 },
  { kind: "open", rate: 1_000 },
  { kind: "closed", inFlight: 64 },
];

/** All messages go to one conversation of ten people: one order for all of them, and nine copies each. */
export async function prepareHotConversation(stage: Stage): Promise<Trial[]> {
  const database = await stage.database();
  const systems = [
    await stage.system("echo", startEcho),
    await stage.system("parley", () => startParley(database)),
    await stage.system("naive", () => startNaive(database)),
  ];
  const trials: Trial[] = [];
  for (const system of systems) {
    const generator = await stage.connect(system, await system.open(1, PEOPLE));
    for (const load of system.name === "naive" ? LOADS.filter(({ kind }) => kind === "closed") : LOADS) {
      trials.push(loadTrial({ scenario: "hot-conversation", system: system.name, generator, load }));
    }
  }
  return trials;
}
