import type { HistoryRecord } from "../history/history.ts";
import { checkAccess } from "./check-access.ts";
import { checkAvailability } from "./check-availability.ts";
import { checkDrain } from "./check-drain.ts";
import { checkEvents } from "./check-events.ts";
import { checkLive } from "./check-live.ts";
import { checkMemory } from "./check-memory.ts";
import { checkMessages } from "./check-messages.ts";
import { checkPositions } from "./check-positions.ts";
import { checkReads } from "./check-reads.ts";
import { checkSends } from "./check-sends.ts";
import { checkSessions } from "./check-sessions.ts";
import { checkViews } from "./check-views.ts";
import { countRecords } from "./count-records.ts";
import type { Check, Invariant, Report, Tell, Violation } from "./invariants.ts";
import { Ledger } from "./ledger.ts";

/** Of each invariant. */
const MOST_TOLD = 20;

/** Judges a history record by record, in one pass; memory grows with the number of messages, not of events. */
export async function checkHistory(records: Iterable<HistoryRecord> | AsyncIterable<HistoryRecord>): Promise<Report> {
  const violations: Violation[] = [];
  const told = new Map<Invariant, number>();
  let total = 0;
  const tell: Tell = (invariant, what) => {
    total += 1;
    const count = (told.get(invariant) ?? 0) + 1;
    told.set(invariant, count);
    if (count <= MOST_TOLD) violations.push({ invariant, what });
  };
  const ledger = new Ledger();
  const counting = countRecords(ledger);
  const checks = [...allChecks(ledger, tell), counting];
  for await (const record of records) {
    ledger.add(record);
    for (const check of checks) check.add(record);
    ledger.settle(record);
  }
  for (const check of checks) check.finish?.();
  return { violations, total, counts: counting.counts() };
}

const allChecks = (ledger: Ledger, tell: Tell): Check[] => [
  checkMessages(ledger, tell),
  checkSends(ledger, tell),
  checkEvents(ledger, tell),
  checkLive(ledger, tell),
  checkReads(ledger, tell),
  checkPositions(ledger, tell),
  checkAccess(ledger, tell),
  checkSessions(ledger, tell),
  checkAvailability(ledger, tell),
  checkDrain(ledger, tell),
  checkMemory(ledger, tell),
  checkViews(ledger, tell),
];
