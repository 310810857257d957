import { join } from "node:path";
import { faults } from "../breaking/faults.ts";
import { type RoundResult, runRound } from "../run-round.ts";
import { runStalledReader } from "../run-stalled-reader.ts";
import type { Bug } from "./bugs.ts";
import { patchServer } from "./patch-server.ts";

interface BugResult extends RoundResult {
  readonly isFound: boolean;
}

/** Runs a round against a copy of the server with the bug in it. */
export async function runBug(bug: Bug, seed: number, folder: string): Promise<BugResult> {
  const run = { seconds: bug.seconds, folder: join(folder, "round"), serverFolder: patchServer(folder, bug) };
  const result =
    bug.faults === "a stalled reader" ? await runStalledReader(run) : await runRound(roundOf(bug, seed, run));
  return { ...result, isFound: result.violations.some(({ invariant }) => bug.breaks.includes(invariant)) };
}

function roundOf<Run>({ faults: wanted, servers = 1 }: Bug, seed: number, run: Run) {
  const chosen = faults.filter(({ name }) => wanted instanceof RegExp && wanted.test(name));
  return { ...run, seed, servers, faults: chosen, pauseMs: 400, settleMs: 15_000 };
}
