import { setTimeout as sleep } from "node:timers/promises";
import type { BenchDatabase } from "./database.ts";
import { type InsertFloor, measureInserts, prepareInsertFloor } from "./insert-floor.ts";
import { type LoadGenerator, type Measured, startLoadGenerator } from "./load-generator.ts";
import type { Load } from "./load-job.ts";
import { startEcho, startNaive, startParley, type System } from "./systems.ts";

const CONVERSATIONS = 200;
const ROWS_A_STATEMENT = [1, 50] as const;
const WARM_UP_SECONDS = 1;

export const LOADS: readonly Load[] = [
  { kind: "open", rate: 500 },
  { kind: "open", rate: 1_000 },
  { kind: "open", rate: 3_000 },
  { kind: "closed", inFlight: 64 },
  { kind: "closed", inFlight: 128 },
  { kind: "closed", inFlight: 256 },
];

export interface Effort {
  readonly rounds: number;
  readonly seconds: number;
}

/** One measurement of one round. */
export type Measurement =
  | {
      readonly what: "load";
      readonly round: number;
      readonly system: System["name"];
      readonly load: Load;
      readonly result: Measured;
    }
  | { readonly what: "inserts"; readonly round: number; readonly rows: number; readonly result: InsertFloor };

interface Contender {
  readonly system: System;
  readonly generator: LoadGenerator;
}

/**
 * Runs all rounds on one database. Within a round every load goes to one system after the other, so that what disturbs the
 * machine disturbs all of them; who begins changes from round to round.
 */
export async function measureAll(
  database: BenchDatabase,
  { rounds, seconds }: Effort,
  onMeasured: (measurement: Measurement) => void,
): Promise<void> {
  await prepareInsertFloor(database);
  const contenders = await startContenders(database);
  try {
    for (let round = 1; round <= rounds; round += 1) {
      for (const rows of ROWS_A_STATEMENT) {
        onMeasured({ what: "inserts", round, rows, result: await measureInserts(database, rows, seconds) });
      }
      await measureRound(database, rotate(contenders, round), { round, seconds }, onMeasured);
    }
  } finally {
    for (const { system, generator } of contenders) {
      await generator.stop();
      await system.stop();
    }
  }
}

async function startContenders(database: BenchDatabase): Promise<Contender[]> {
  const systems = [await startEcho(), await startParley(database), await startNaive(database)];
  const contenders: Contender[] = [];
  for (const system of systems) {
    const pairs = await system.open(CONVERSATIONS, 2);
    contenders.push({ system, generator: await startLoadGenerator(system, pairs, database.pid) });
  }
  return contenders;
}

async function measureRound(
  database: BenchDatabase,
  contenders: readonly Contender[],
  { round, seconds }: { round: number; seconds: number },
  onMeasured: (measurement: Measurement) => void,
): Promise<void> {
  for (const load of LOADS) {
    for (const { system, generator } of contenders) {
      // As if everybody had read: the baseline would otherwise count more from round to round.
      await database.run("UPDATE naive.participants SET last_read_at = now() WHERE user_id LIKE 'person-%'");
      await sleep(200);
      const result = await generator.run({ load, warmUpSeconds: WARM_UP_SECONDS, seconds });
      onMeasured({ what: "load", round, system: system.name, load, result });
    }
  }
}

const rotate = <Item>(items: readonly Item[], by: number): Item[] => {
  const first = by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
};
