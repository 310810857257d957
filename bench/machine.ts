import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** Shares of all cores' time, 0 to 1. */
export interface Quiet {
  /** The machine's load average of the last minute before the run. */
  readonly loadBefore: number;
  /** How busy it was before the run. */
  readonly busyBefore: number;
  /** What others used during the run, and what the hypervisor took away. */
  readonly others: number;
  readonly steal: number;
  /** Why the figures are not valid; empty when they are. */
  readonly reasons: readonly string[];
}

const MOST = { load: 0.7, busy: 0.1, others: 0.1, steal: 0.02 } as const;
const LOOK_MS = 1_500;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

interface Ticks {
  readonly total: number;
  readonly busy: number;
  readonly steal: number;
  /** Of this process and of all below it that have ended. */
  readonly own: number;
}

/** Looks at the machine before the run. Others' work makes all figures worthless. */
export async function watchMachine(): Promise<() => Quiet> {
  const loadBefore = Math.round((loadavg()[0] ?? 0) * 100) / 100;
  const first = readTicks();
  await sleep(LOOK_MS);
  const began = readTicks();
  const busyBefore = share(began.busy - first.busy, began.total - first.total);
  /** To be called when all that was started has ended: only then its time is known. */
  return () => {
    const ended = readTicks();
    const total = ended.total - began.total;
    const others = Math.max(0, share(ended.busy - began.busy - (ended.own - began.own), total));
    const steal = share(ended.steal - began.steal, total);
    return { loadBefore, busyBefore, others, steal, reasons: findReasons({ loadBefore, busyBefore, others, steal }) };
  };
}

function findReasons({ loadBefore, busyBefore, others, steal }: Omit<Quiet, "reasons">): string[] {
  return [
    loadBefore > MOST.load ? `load average ${loadBefore} before the run` : "",
    busyBefore > MOST.busy ? `${percent(busyBefore)} busy before the run` : "",
    others > MOST.others ? `others used ${percent(others)} of the cores during the run` : "",
    steal > MOST.steal ? `the hypervisor took ${percent(steal)}` : "",
  ].filter((reason) => reason !== "");
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** From /proc; zeros where there is no such thing. */
function readTicks(): Ticks {
  if (process.platform !== "linux") return { total: 0, busy: 0, steal: 0, own: 0 };
  const [head = ""] = readFileSync("/proc/stat", "utf8").split("\n");
  // user, nice, system, idle, iowait, irq, softirq, steal
  const ticks = head.split(/\s+/).slice(1, 9).map(Number);
  const at = (place: number) => ticks[place] ?? 0;
  const total = sum(ticks);
  const busy = total - at(3) - at(4) - at(7);
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const own = sum(fields.slice(11, 15).map(Number));
  return { total, busy, steal: at(7), own };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export function describeMachine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${first?.model.trim() ?? "?"}, ${memory} GiB, ${type()} ${release()}, Node ${process.version}`;
}
