import { join } from "node:path";
import { faults } from "../breaking/faults.ts";
import { type RoundResult, runRound } from "../run-round.ts";
import type { Bug } from "./bugs.ts";
import { patchServer } from "./patch-server.ts";

interface BugResult extends RoundResult {
  readonly isFound: boolean;
}

/** Runs a round against a copy of the server with the bug in it. */
export async function runBug(bug: Bug, seed: number, folder: string): Promise<BugResult> {
  const chosen = faults.filter(({ name }) => bug.faults?.test(name) ?? false);
  const round = { seed, seconds: bug.seconds, servers: 1 as const, faults: chosen, pauseMs: 400, settleMs: 15_000 };
  const result = await runRound({ ...round, folder: join(folder, "round"), serverFolder: patchServer(folder, bug) });
  return { ...result, isFound: result.violations.some(({ invariant }) => bug.breaks.includes(invariant)) };
}
