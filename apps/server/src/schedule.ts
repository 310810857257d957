import type { Deps } from "./deps.ts";
import { createRevocationPoll, purgeRevocations } from "./features/auth/poll-revocations.ts";
import { createDigestTeller, TURN_MS } from "./features/digests/tell-digests.ts";
import { rememberWhoIsHere } from "./features/presence/remember-who-is-here.ts";
import { requoteDue } from "./features/messages/requote-replies.ts";
import { WordIndexer } from "./features/search/word-indexer.ts";
import { startJobs } from "./platform/jobs/start-jobs.ts";

/** How often everybody is told digests while events may not come through from other processes. */
const HEAL_MS = 3_000;
/** Losing access holds within five seconds, also when no process hears of another. */
const REVOCATIONS_MS = 2_000;
/** How soon what was sent can be found, on a machine that has time for it; and what was changed. */
const INDEX_MS = 250;
const INDEX_CHANGED_MS = 1_000;
/** Between two steps of rewriting the quotes in thousands of replies: clients ask for what each of them changed. */
const REQUOTE_MS = 500;

/** What is done again and again. Returns how to stop. */
export function startSchedule(deps: Deps): () => void {
  const { bus, processBus } = deps;
  const digests = createDigestTeller(deps);
  bus.on("connectionOpened", ({ userId }) => digests.expect(userId));
  processBus.onGap(() => digests.heal());
  const words = new WordIndexer(deps);
  bus.on("messageAppended", ({ message }) => words.appended(message));
  const healWhileBroken = async () => {
    if (!processBus.isWhole) digests.heal();
  };
  return startJobs(deps, [
    { name: "tell digests", everyMs: TURN_MS, run: () => digests.tellDue() },
    { name: "remember who is here", everyMs: 5 * 60_000, run: () => rememberWhoIsHere(deps) },
    { name: "look for revocations", everyMs: REVOCATIONS_MS, run: createRevocationPoll(deps) },
    { name: "purge revocations", everyMs: 10 * 60_000, run: () => purgeRevocations(deps) },
    { name: "heal", everyMs: HEAL_MS, run: healWhileBroken },
    { name: "requote replies", everyMs: REQUOTE_MS, run: () => requoteDue(deps) },
    { name: "index new words", everyMs: INDEX_MS, run: () => words.indexAppended() },
    { name: "index changed words", everyMs: INDEX_CHANGED_MS, run: () => words.indexChanged() },
    { name: "sweep words", everyMs: 5_000, run: () => words.sweepWhenDue() },
  ]);
}
