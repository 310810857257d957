import type { HistoryRecord } from "../history/history.ts";
import type { Check, Tell } from "./invariants.ts";
import type { Ended, Ledger } from "./ledger.ts";
import { percentile } from "./percentile.ts";

/** What was repaired works again within this time, and everything is as fast as ever. */
const BACK_WITHIN_MS = 5_000;
/** The least that counts as slow: this is no benchmark, and a test machine has other things to do. */
const SLOW_MS = 2_000;
/** A machine with more to do than this, for each core, gets more time: others are at work on it. */
const USUAL_LOAD = 2;
/** Callers with less patience find out nothing about the server. */
const PATIENT_MS = 5_000;

/**
 * After each repair every server acknowledges a send within five seconds; from then on, until something else is broken, every
 * send of a patient caller is acknowledged, the slowest hundredth at most five times slower than before the first fault (I15).
 */
export function checkAvailability(ledger: Ledger, tell: Tell): Check {
  const servers = new Set<string>();
  let lastAt = 0;
  let isBroken = false;
  let repair: { at: number; what: string; withinMs: number; waitingFor: Set<string> } | null = null;
  let calmSince: number | null = 0;
  let calm: number[] = [];
  let usual = SLOW_MS;
  let faults = 0;

  function endCalm(): void {
    if (calm.length > 0) {
      const slowest = percentile(calm, 0.99);
      if (faults === 0) usual = slowest;
      else if (slowest > Math.max(SLOW_MS, 5 * usual)) {
        tell("I15", `after ${repair?.what} sends took ${Math.round(slowest)} ms, before it ${Math.round(usual)} ms`);
      }
    }
    calm = [];
    calmSince = null;
  }

  function requireBack(at: number): void {
    if (repair === null || at <= repair.at + repair.withinMs || repair.waitingFor.size === 0) return;
    tell(
      "I15",
      `after ${repair.what} ${[...repair.waitingFor].join(", ")} acknowledged nothing for ${repair.withinMs} ms`,
    );
    repair.waitingFor.clear();
  }

  function ended(record: Ended): void {
    const invoke = ledger.open.get(record.op);
    if (invoke?.operation.do !== "send") return;
    if (record.type === "ok") repair?.waitingFor.delete(invoke.server);
    const isPatient = invoke.patienceMs === null || invoke.patienceMs >= PATIENT_MS;
    if (calmSince === null || invoke.at < calmSince || !isPatient) return;
    if (record.type === "ok") calm.push(record.at - invoke.at);
    else if (record.type === "unknown") tell("I15", `nothing was broken, and ${invoke.server} said: ${record.why}`);
  }

  return {
    add: (record: HistoryRecord) => {
      if ("at" in record) {
        lastAt = record.at;
        requireBack(lastAt);
      }
      if (record.type === "invoke" && record.operation.do === "send") servers.add(record.server);
      else if (record.type === "broken") {
        endCalm();
        faults += 1;
        isBroken = true;
        repair = null;
      } else if (record.type === "repaired") {
        isBroken = false;
        const withinMs = Math.round(BACK_WITHIN_MS * Math.max(1, (record.load ?? 0) / USUAL_LOAD));
        repair = {
          withinMs,
          at: record.at,
          what: record.what,
          waitingFor: new Set(record.server === null ? servers : [record.server]),
        };
        calmSince = record.at + withinMs;
      } else if (record.type === "ok" || record.type === "unknown" || record.type === "refused") ended(record);
    },
    finish: () => {
      if (isBroken) tell("I15", "something was never repaired");
      endCalm();
    },
  };
}
