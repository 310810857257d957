import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { withoutRedis } from "../support/start-redis.ts";
import { faults } from "./breaking/faults.ts";
import { checkHistory } from "./checks/check-history.ts";
import { describeRound } from "./describe-round.ts";
import { readHistory } from "./history/history-file.ts";
import { mutationsOfMessages } from "./mutations/mutations-of-messages.ts";
import { mutationsOfState } from "./mutations/mutations-of-state.ts";
import { sampleHistory } from "./mutations/sample-history.ts";
import { type RoundResult, runRound } from "./run-round.ts";

/** FAULT_SECONDS and FAULT_SEED run it longer, shorter, or once more. */
const SECONDS = Number(process.env["FAULT_SECONDS"] ?? 100);
const SEED = Number(process.env["FAULT_SEED"] ?? Date.now() % 1_000_000_007);
const SERVERS = withoutRedis ? 1 : 2;

const folder = mkdtempSync(join(tmpdir(), "parley-faults-"));
let result: RoundResult | null = null;

afterAll(() => {
  if (result === null || result.total === 0) rmSync(folder, { recursive: true, force: true });
});

describe(`people write to ${SERVERS} servers while everything breaks`, () => {
  it(`every invariant holds (seed ${SEED})`, { timeout: (SECONDS + 240) * 1_000 }, async () => {
    const chosen = faults.filter(({ needs }) => SERVERS > 1 || needs !== "Redis");
    result = await runRound({ seed: SEED, seconds: SECONDS, servers: SERVERS, faults: chosen, folder });
    console.log(`Seed ${SEED}, ${SECONDS} s, ${SERVERS} server(s):\n${describeRound(result)}`);
    if (result.total > 0) console.log(`The history is kept: ${result.historyFile}\n${result.log.slice(-2_000)}`);
    expect(result.violations).toEqual([]);
    expect(result.counts.acked).toBe(result.counts.sent);
    expect(result.counts.sent).toBeGreaterThan(SECONDS);
    expect(result.counts.faults).toBeGreaterThan(SECONDS / 50);
  });

  it("the checker finds what is done to that very history", async () => {
    if (result === null) throw new Error("Nothing was recorded.");
    const records = await sampleHistory(readHistory(result.historyFile));
    expect((await checkHistory(records)).violations).toEqual([]);
    const tried: string[] = [];
    for (const { name, invariant, mutate } of [...mutationsOfMessages, ...mutationsOfState]) {
      const mutated = attemptMutation(() => mutate(records));
      if (mutated === null) continue;
      tried.push(name);
      const found = (await checkHistory(mutated)).violations.map((violation) => violation.invariant);
      expect(found, name).toContain(invariant);
    }
    expect(tried.length).toBeGreaterThan(20);
  });
});

/** null: such a thing did not happen in this history. */
function attemptMutation<Result>(mutate: () => Result): Result | null {
  try {
    return mutate();
  } catch {
    return null;
  }
}
