import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = readTicks();

interface ProcessStat {
  readonly parent: number;
  readonly own: number;
  /** Of children that have ended. */
  readonly ended: number;
}

/**
 * CPU time that a process has used, in microseconds, from /proc; null where there is no such thing. It grows in steps of a
 * tick (10 ms as a rule), so it tells something over a second or more.
 * @param family adds its children, those that have ended too: for PostgreSQL's postmaster
 */
export function readCpu(pid: number, family = false): number | null {
  if (process.platform !== "linux") return null;
  const self = readStat(pid);
  if (self === null) return null;
  const ticks = family ? self.own + self.ended + sumOfChildren(pid) : self.own;
  return (ticks / TICKS_PER_SECOND) * 1e6;
}

function sumOfChildren(parent: number): number {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .reduce((sum, stat) => sum + (stat?.parent === parent ? stat.own : 0), 0);
}

/** The name of the program, in brackets, may hold spaces: what counts stands behind it. */
function readStat(pid: number): ProcessStat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const field = (number: number) => Number(fields[number - 3]);
    return { parent: field(4), own: field(14) + field(15), ended: field(16) + field(17) };
  } catch {
    return null;
  }
}

function readTicks(): number {
  try {
    return Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" })) || 100;
  } catch {
    return 100;
  }
}
