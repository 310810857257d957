// npm run faults: breaks things and judges what happened; see docs/operations/faults.md.
//   --minutes 30    how long in all, in rounds of at most three minutes, each with a seed of its own
//   --seed N        the first round's seed; one round with it is the same draws again
//   --servers 1     without Redis
//   --bugs          instead: bugs are put into copies of the server, and each must be found
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { withoutRedis } from "../support/start-redis.ts";
import { faults } from "./breaking/faults.ts";
import { runBugs } from "./bugs/run-bugs.ts";
import { describeRound } from "./describe-round.ts";
import { runRound } from "./run-round.ts";

const ROUND_MINUTES = 3;

const { values: options } = parseArgs({
  options: {
    minutes: { type: "string", default: "2" },
    seed: { type: "string" },
    servers: { type: "string", default: withoutRedis ? "1" : "2" },
    bugs: { type: "boolean", default: false },
  },
});
const servers = options.servers === "1" ? 1 : 2;

const folder = mkdtempSync(join(tmpdir(), "parley-faults-"));
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
}
const firstSeed = Number(options.seed ?? Date.now() % 1_000_000_007);
process.exitCode = (await (options.bugs ? runBugs(firstSeed, folder) : runRounds(firstSeed))) ? 0 : 1;

async function runRounds(first: number): Promise<boolean> {
  let seed = first;
  const chosen = faults.filter(({ needs }) => servers > 1 || needs !== "Redis");
  for (let left = Number(options.minutes); left > 0.01; left -= ROUND_MINUTES, seed += 1) {
    const seconds = Math.round(Math.min(left, ROUND_MINUTES) * 60);
    console.log(`Seed ${seed}, ${seconds} s, ${servers} server(s) …`);
    const result = await runRound({ seed, seconds, servers, faults: chosen, folder: join(folder, `${seed}`) });
    console.log(describeRound(result));
    if (result.total > 0) {
      console.log(`The history is kept: ${result.historyFile}`);
      console.log(`Once more: npm run faults -- --seed ${seed} --minutes ${seconds / 60} --servers ${servers}`);
      return false;
    }
  }
  rmSync(folder, { recursive: true, force: true });
  return true;
}
