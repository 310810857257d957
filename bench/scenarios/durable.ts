import type { Load } from "../load-job.ts";
import { loadTrial, nameOfLoad } from "../load-trial.ts";
import type { Stage } from "../stage.ts";
import { startEcho, startNaive, startParley } from "../systems.ts";
import type { Trial } from "../trial.ts";

const PAIRS = 200;
const open = (...rates: readonly number[]): Load[] => rates.map((rate) => ({ kind: "open", rate }));
const closed = (...all: readonly number[]): Load[] => all.map((inFlight) => ({ kind: "closed", inFlight }));

/** The others run where they say something; far above what it can do the baseline would only be waited for. */
const LOADS: Readonly<Record<string, readonly Load[]>> = {
  echo: [...open(1_000, 5_000), ...closed(64, 256)],
  parley: [...open(100, 500, 1_000, 3_000, 5_000), ...closed(64, 128, 256, 512)],
  naive: [...open(500), ...closed(64)],
};

/** Send → acknowledged and → delivered, in 200 conversations of two people. */
export async function prepareDurable(stage: Stage): Promise<Trial[]> {
  const database = await stage.database();
  const systems = [
    await stage.system("echo", startEcho),
    await stage.system("parley", () => startParley(database)),
    await stage.system("naive", () => startNaive(database)),
  ];
  // As if everybody had read: the baseline would otherwise count more from round to round.
  const readAll = () =>
    database.run("UPDATE naive.participants SET last_read_at = now() WHERE user_id LIKE 'person-%'");
  const trials: Trial[] = [];
  for (const system of systems) {
    const generator = await stage.connect(system, await system.open(PAIRS, 2));
    for (const load of LOADS[system.name] ?? []) {
      trials.push(loadTrial({ scenario: "durable", system: system.name, generator, load, before: readAll }));
    }
  }
  return trials.sort((one, other) => placeOf(one.load) - placeOf(other.load));
}

const ORDER = [...(LOADS["parley"] ?? [])].map(nameOfLoad);
const placeOf = (name: string): number => ORDER.indexOf(name);
