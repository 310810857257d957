import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Histogram } from "../histogram.ts";

const PAGE = Buffer.alloc(8_192, "x");
const PAGES = 256;

/** Writes pages of 8 KiB over and over, each flushed by fdatasync, as pg_test_fsync does: no durable system is quicker. */
export function measureFlush(folder: string, seconds: number): Record<string, number> {
  const path = join(folder, "flush-floor");
  const file = openSync(path, "w");
  const histogram = new Histogram();
  try {
    for (let page = 0; page < PAGES; page += 1) writeSync(file, PAGE, 0, PAGE.length, page * PAGE.length);
    fdatasyncSync(file);
    const until = performance.now() + seconds * 1_000;
    for (let page = 0; performance.now() < until; page = (page + 1) % PAGES) {
      const at = performance.now();
      writeSync(file, PAGE, 0, PAGE.length, page * PAGE.length);
      fdatasyncSync(file);
      histogram.record(performance.now() - at);
    }
  } finally {
    closeSync(file);
    rmSync(path);
  }
  const { count, p50, p99 } = histogram.percentiles();
  return { perSecond: count / seconds, ackP50: p50, ackP99: p99 };
}
