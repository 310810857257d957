import type { Deps } from "./deps.ts";
import { createDigestTeller } from "./features/digests/tell-digests.ts";
import { rememberWhoIsHere } from "./features/presence/remember-who-is-here.ts";
import { startJobs } from "./platform/jobs/start-jobs.ts";

/** What is done again and again. Returns how to stop. */
export function startSchedule(deps: Deps): () => void {
  const digests = createDigestTeller(deps);
  deps.bus.on("connectionOpened", ({ userId }) => digests.expect(userId));
  return startJobs(deps, [
    { name: "tell digests", everyMs: 500, run: () => digests.tellDue() },
    { name: "remember who is here", everyMs: 5 * 60_000, run: () => rememberWhoIsHere(deps) },
  ]);
}
