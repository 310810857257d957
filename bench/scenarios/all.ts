import { peers } from "../peers/find-peers.ts";
import type { Results } from "../results.ts";
import type { Stage } from "../stage.ts";
import { type Measurement, measureInRounds, type Trial } from "../trial.ts";
import { prepareBesidePeers } from "./beside-peers.ts";
import { type Budget, measureBudgets } from "./budget.ts";
import { prepareDurable } from "./durable.ts";
import { prepareFanOut } from "./fan-out.ts";
import { prepareFloors } from "./floors.ts";
import { prepareHotConversation } from "./hot-conversation.ts";
import { run as measureComings } from "./comings-and-goings.ts";
import { run as measureQuietConnections } from "./quiet-connections.ts";
import { run as measureReads } from "./reads.ts";
import { run as measureStorm } from "./reconnect-storm.ts";

export const scenarioNames = [
  ...(["floors", "durable", "hot-conversation", "fan-out", "budget"] as const),
  ...(["reads", "quiet-connections", "comings-and-goings", "reconnect-storm", "peers"] as const),
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

interface Effort {
  readonly rounds: number;
  readonly seconds: number;
  readonly stored: number;
}

type Measured = Pick<
  Results,
  "measurements" | "budgets" | "peers" | "missing" | "reads" | "quietConnections" | "comings" | "storm"
>;

/** Measures one scenario after the other; within one, rounds. */
export async function measureScenarios(
  stage: Stage,
  names: readonly ScenarioName[],
  effort: Effort,
): Promise<Measured> {
  const measurements: Measurement[] = [];
  const missing: { what: string; why: string }[] = [];
  const onMissing = (what: string, why: string) => {
    missing.push({ what, why });
    console.log(`Without ${what}: ${why}`);
  };
  const onBroken = (system: string, error: Error) =>
    onMissing(system, `it failed while it was measured: ${error.message}`);
  const inRounds: Partial<Record<ScenarioName, () => Promise<Trial[]>>> = {
    floors: () => prepareFloors(stage),
    durable: () => prepareDurable(stage),
    "hot-conversation": () => prepareHotConversation(stage),
    "fan-out": () => prepareFanOut(stage),
    peers: () => prepareBesidePeers(stage, onMissing),
  };
  const others: Others = { budgets: [], reads: null, quietConnections: [], comings: [], storm: null };
  for (const name of names) {
    console.log(`\n${name}`);
    const prepare = inRounds[name];
    if (prepare === undefined) {
      await measureOnce(stage, name, effort, others).catch((error: Error) => onMissing(name, error.message));
    } else {
      const onMeasured = (measurement: Measurement) => {
        measurements.push(measurement);
        console.log(progress(measurement));
      };
      await measureInRounds(await prepare(), effort, { onMeasured, onBroken });
    }
  }
  const words = names.includes("peers")
    ? peers.map(({ name, label, setup, semantics }) => ({ name, label, setup, semantics }))
    : [];
  return { measurements, missing, peers: words, ...others };
}

interface Others {
  budgets: Budget[];
  reads: Results["reads"];
  quietConnections: Results["quietConnections"];
  comings: Results["comings"];
  storm: Results["storm"];
}

/** These start servers of their own, and are heavy enough to be measured once. */
async function measureOnce(stage: Stage, name: ScenarioName, { seconds, stored }: Effort, into: Others): Promise<void> {
  const isQuick = stored < 100_000;
  if (name === "budget") into.budgets = await measureBudgets(stage, seconds);
  else if (name === "reads") into.reads = await measureReads(isQuick ? { filling: SMALL } : {});
  else if (name === "quiet-connections") {
    into.quietConnections = await measureQuietConnections(
      isQuick ? { steps: [1_000], quietSeconds: 10 } : { quietSeconds: 25 },
    );
  } else if (name === "comings-and-goings") {
    into.comings = await measureComings(isQuick ? { people: 100, cycles: 4, waitMs: 5_000 } : {});
  } else into.storm = await measureStorm(isQuick ? { people: 500, missedEach: 20 } : {});
}

const SMALL = { messages: 50_000, conversations: 5_000, held: 1_000 };

function progress({ round, load, system, figures }: Measurement): string {
  const show = (name: string) => (figures[name] ?? 0).toLocaleString("en", { maximumFractionDigits: 1 });
  const rate = figures["deliveriesPerSecond"] === undefined ? "" : `, ${show("deliveriesPerSecond")} deliveries/s`;
  return `round ${round}  ${load.padEnd(32)} ${system.padEnd(14)} ${show("perSecond")}/s${rate}, p50 ${show("ackP50")} p99 ${show("ackP99")} ms`;
}
