import type { FuzzReport } from "./fuzz.ts";

const MB = 1_024 * 1_024;
/** Compiled code, metrics of every kind of refusal and full caches come in the first rounds. */
const WARM_UP_ROUNDS = 2;
/** What may be more at the end than after the warm-up: noise of the collector, and of the allocator for `rss`. */
const HEAP_GROWTH = 6 * MB;
const RSS_GROWTH = 48 * MB;

/** What is wrong, in sentences; empty when all is well. */
export function faultsOf({ findings, leftBehind, measurements }: FuzzReport): string[] {
  const found = findings.map(({ what, play, case: number }) => `--play ${play} --case ${number}: ${what}`);
  if (leftBehind !== null) found.push(leftBehind);
  const warm = measurements.at(WARM_UP_ROUNDS - 1);
  const last = measurements.at(-1);
  if (warm === undefined || last === undefined) return found;
  const growth = (kind: "heapUsed" | "external" | "rss", allowed: number) =>
    last[kind] - warm[kind] > allowed ? [`${kind} grew from ${inMb(warm[kind])} to ${inMb(last[kind])} MB.`] : [];
  return [
    ...found,
    ...growth("heapUsed", HEAP_GROWTH),
    ...growth("external", HEAP_GROWTH),
    ...growth("rss", RSS_GROWTH),
  ];
}

export function summaryOf({ seed, cases, statuses, overloaded, findings, measurements }: FuzzReport): string {
  const memory = measurements.map(({ heapUsed, rss }) => `${inMb(heapUsed)}/${inMb(rss)}`).join(" ");
  return (
    `fuzz: seed ${seed}, cases ${JSON.stringify(cases)}, answers ${JSON.stringify(statuses)}, ${overloaded} overloaded, ` +
    `${findings.length} findings, heap/rss in MB after each round and at the end: ${memory}, held at the end: ${JSON.stringify(measurements.at(-1)?.resources)}`
  );
}

const inMb = (bytes: number): string => (bytes / MB).toFixed(1);
