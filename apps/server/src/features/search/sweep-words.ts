import type { Deps } from "../../deps.ts";
import { indexTexts } from "./index-texts.ts";
import { lockSwept, moveSwept, readSwept } from "./store.ts";

/** Messages looked at in one step. */
const STEP = 1_000;
/** The ids of messages come from the clocks of the servers: so far each sweep goes back behind the last one. */
const OVERLAP_MS = 15 * 60_000;
/** Younger ones are in the queue of the process that took them. */
const YOUNG_MS = 30_000;

/** Does one step and rests. */
type Unhurried = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Looks at all messages since the last sweep in the order of their ids, and indexes those whose words are missing or
 * wrong. One process at a time; the others leave it to that one.
 */
export async function sweepWords({ db, clock }: Pick<Deps, "db" | "clock">, unhurried: Unhurried): Promise<void> {
  const end = firstIdAt(clock.now() - YOUNG_MS);
  /** @returns the last id that was looked at; null when there are no more, or another process is at it */
  const lookBehind = (place: string | null): Promise<string | null> =>
    db.transaction(async (tx) => {
      const [swept] = await tx.query(lockSwept, []);
      if (swept === undefined) return null;
      const rows = await tx.query(readSwept, [place ?? withOverlap(swept.until), end, STEP]);
      const wrong = rows.filter(({ behind }) => behind);
      await indexTexts(tx, wrong);
      const last = rows.length < STEP ? null : (rows.at(-1)?.id ?? null);
      await tx.query(moveSwept, [last ?? end]);
      return last;
    });
  for (let place = await unhurried(() => lookBehind(null)); place !== null; ) {
    const last = place;
    place = await unhurried(() => lookBehind(last));
  }
}

/** The smallest UUIDv7 of a moment, in milliseconds since the epoch. */
function firstIdAt(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

const withOverlap = (id: string): string =>
  firstIdAt(Number.parseInt(id.replace("-", "").slice(0, 12), 16) - OVERLAP_MS);
