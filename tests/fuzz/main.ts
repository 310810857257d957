import { parseArgs } from "node:util";
import { chatAsUsual } from "./chat-as-usual.ts";
import { type FuzzReport, runCase, runFuzz } from "./fuzz.ts";
import { openFuzzWorld } from "./fuzz-world.ts";
import { faultsOf, summaryOf } from "./judge-fuzz.ts";

const ROUND_SECONDS = 60;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_007) },
    /** With `case`: one case alone, again. */
    play: { type: "string" },
    case: { type: "string" },
  },
});

const seed = Number(values.seed);
console.log(`fuzz: seed ${seed}`);
const world = await openFuzzWorld(0.05);
let faults: string[];
try {
  const report = await run();
  console.log(summaryOf(report));
  faults = faultsOf(report);
  if (world.server.ended() === null) await chatAsUsual(world);
} finally {
  const said = world.server.log();
  const end = await world.stop();
  console.log(`The server ended with ${end}.`, said.slice(-4_000));
}
for (const fault of faults) console.log(`✗ ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function run(): Promise<FuzzReport> {
  if (values.case === undefined) {
    const rounds = Math.max(4, Math.round((Number(values.minutes) * 60) / ROUND_SECONDS));
    return runFuzz(world, seed, rounds, (Number(values.minutes) * 60) / rounds);
  }
  const report = await runFuzz(world, seed, 0, 0);
  await runCase(world, report, values.play as "http" | "websocket" | "polling", Number(values.case));
  return report;
}
