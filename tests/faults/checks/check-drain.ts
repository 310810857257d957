import type { HistoryRecord } from "../history/history.ts";
import type { Check, Tell } from "./invariants.ts";
import type { Ended, Ledger } from "./ledger.ts";

const ENDS_WITHIN_MS = 10_000;
/** The server spreads its clients over five seconds; then they find another server, or the next life of this one. */
const BACK_WITHIN_MS = 12_000;
const PATIENT_MS = 5_000;

/**
 * A server that is told to stop answers whatever had reached it (at least with "not now"), ends by itself in time with code 0,
 * and everybody who was connected there is connected again soon (all I16).
 */
export function checkDrain(ledger: Ledger, tell: Tell): Check {
  const connectedTo = new Map<string, string>();
  const owed = new Set<number>();
  let draining: { at: number; server: string } | null = null;
  let away: { since: number; devices: Set<string> } | null = null;

  function begin(at: number, server: string): void {
    draining = { at, server };
    away = null;
    for (const [op, invoke] of ledger.open) {
      const isPatient = invoke.patienceMs !== null && invoke.patienceMs >= PATIENT_MS;
      if (invoke.server === server && invoke.operation.do === "send" && isPatient) owed.add(op);
    }
  }

  function end({ at, server, code }: Extract<HistoryRecord, { type: "drained" }>): void {
    if (draining === null) throw new Error(`${server} was never told to stop.`);
    const tookMs = Math.round(at - draining.at);
    if (code !== 0 || tookMs > ENDS_WITHIN_MS) tell("I16", `${server} ended with code ${code} after ${tookMs} ms`);
    away = {
      since: at,
      devices: new Set([...connectedTo].filter(([, to]) => to === server).map(([device]) => device)),
    };
    draining = null;
  }

  function answered(record: Ended): void {
    if (!owed.delete(record.op) || record.type !== "unknown" || record.why === "unavailable") return;
    tell("I16", `operation ${record.op} had reached a server that was told to stop: ${record.why}`);
  }

  function requireBack(at: number): void {
    if (away === null || at <= away.since + BACK_WITHIN_MS) return;
    if (away.devices.size > 0) tell("I16", `${[...away.devices].join(", ")} did not come back after a drain`);
    away = null;
  }

  return {
    add: (record) => {
      if ("at" in record) requireBack(record.at);
      switch (record.type) {
        case "connected":
          // Those with short tokens go for good by themselves.
          if (record.expiresAt === null) connectedTo.set(record.device, record.server);
          away?.devices.delete(record.device);
          break;
        case "disconnected":
          if (draining === null) connectedTo.delete(record.device);
          break;
        case "draining":
          begin(record.at, record.server);
          break;
        case "drained":
          end(record);
          break;
        case "broken":
          // It may keep them away longer.
          away = null;
          break;
        case "ok":
        case "unknown":
        case "refused":
          answered(record);
          break;
        default:
      }
    },
  };
}
