import type { Check, Counts } from "./invariants.ts";
import type { Ledger } from "./ledger.ts";

/** Counts what happened: a run in which nothing happened proves nothing. */
export function countRecords(ledger: Ledger): Check & { counts(): Counts } {
  const done: Record<string, number> = {};
  let records = 0;
  let attempts = 0;
  let heard = 0;
  let connections = 0;
  let faults = 0;
  let longestSilenceMs = 0;
  let silentSince: number | null = null;
  return {
    add: (record) => {
      records += 1;
      if (record.type === "invoke" && record.operation.do === "send") {
        attempts += 1;
        silentSince ??= record.at;
      } else if (record.type === "ok") {
        const kind = ledger.open.get(record.op)?.operation.do ?? "?";
        done[kind] = (done[kind] ?? 0) + 1;
        if (kind !== "send") return;
        longestSilenceMs = Math.max(longestSilenceMs, record.at - (silentSince ?? record.at));
        silentSince = record.at;
      } else if (record.type === "heard") heard += 1;
      else if (record.type === "connected") connections += 1;
      else if (record.type === "broken") faults += 1;
    },
    counts: () => {
      const acked = [...ledger.sent.values()].filter((sent) => sent.acked !== null).length;
      const repeats = attempts - ledger.sent.size;
      const silence = Math.round(longestSilenceMs);
      const sent = ledger.sent.size;
      return { records, sent, acked, repeats, heard, connections, faults, done, longestSilenceMs: silence };
    },
  };
}
