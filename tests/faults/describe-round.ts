import type { RoundResult } from "./run-round.ts";

const SHOWN = 40;

/** A few lines for people: what happened, and what was wrong. */
export function describeRound({ counts, violations, total }: RoundResult): string {
  const { sent, acked, repeats, heard, connections, faults, done, longestSilenceMs, records } = counts;
  const kinds = Object.entries(done).map(([kind, count]) => `${kind} ${count}`);
  const lines = [
    `  ${faults} faults, ${connections} connections, ${records} records, ${heard} events heard`,
    `  ${sent} sent (${repeats} repeats), ${acked} acknowledged; done: ${kinds.join(", ")}`,
    `  longest without an acknowledgement ${(longestSilenceMs / 1_000).toFixed(1)} s`,
    total === 0 ? "  all invariants hold" : `  ${total} violations:`,
    ...violations.slice(0, SHOWN).map(({ invariant, what }) => `  ${invariant} ${what}`),
  ];
  return lines.join("\n");
}
