import type { HistoryRecord } from "../history/history.ts";
import type { Check, Tell } from "./invariants.ts";
import type { Ledger } from "./ledger.ts";
import { percentile } from "./percentile.ts";

/** What one reader that does not read may cost: its out-buffer of 4 MB, and what garbage lies around it, in bytes. */
const MOST_MORE = 96 * 1024 * 1024;
/** How much slower the others may get: half as slow again, and the noise of a busy machine. */
const SLOWER = 1.5;
const NOISE_MS = 100;

/** While a device does not read, the server's memory has a plateau, the device is cut off, and sends are as fast as before (I14). */
export function checkMemory(ledger: Ledger, tell: Tell): Check {
  let before = { bytes: 0, sends: [] as number[] };
  let stall: { device: string; bytes: number; sends: number[]; isCutOff: boolean } | null = null;

  function end(): void {
    if (stall === null) return;
    if (!stall.isCutOff) tell("I14", `${stall.device} did not read and was never cut off`);
    const more = stall.bytes - before.bytes;
    if (more > MOST_MORE) tell("I14", `${stall.device} did not read, which took ${Math.round(more / 2 ** 20)} MB`);
    const [usual, now] = [percentile(before.sends, 0.99), percentile(stall.sends, 0.99)];
    if (now > usual * SLOWER + NOISE_MS) {
      tell(
        "I14",
        `while ${stall.device} did not read, sends took ${Math.round(now)} ms, before ${Math.round(usual)} ms`,
      );
    }
    before = { bytes: 0, sends: [] };
    stall = null;
  }

  return {
    add: (record: HistoryRecord) => {
      if (record.type === "memory") {
        const phase = stall ?? before;
        phase.bytes = Math.max(phase.bytes, record.bytes);
      } else if (record.type === "ok") {
        const invoke = ledger.open.get(record.op);
        if (invoke?.operation.do === "send") (stall ?? before).sends.push(record.at - invoke.at);
      } else if (record.type === "stalled") {
        stall = { device: record.device, bytes: 0, sends: [], isCutOff: false };
      } else if (record.type === "cut-off") {
        if (stall !== null) stall.isCutOff = true;
      } else if (record.type === "reads-again") end();
    },
    finish: end,
  };
}
