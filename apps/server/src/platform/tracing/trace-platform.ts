import type { ProcessBus } from "../cluster/process-bus.ts";
import type { Database } from "../db/database.ts";
import type { FanOut } from "../realtime/fan-out.ts";
import { traceDatabase } from "./trace-database.ts";
import { traceFanOut } from "./trace-fan-out.ts";
import { traceProcessBus } from "./trace-process-bus.ts";
import type { Tracing } from "./tracing.ts";

interface Traceable {
  readonly db: Database;
  readonly processBus: ProcessBus;
}

/** What everything else stands on, written down where there is tracing; without it the very same. */
export function tracePlatform<Platform extends Traceable>(
  tracing: Tracing | undefined,
  platform: Platform,
): Platform & { tracing: Tracing | undefined } {
  if (tracing === undefined) return { ...platform, tracing };
  const { db, processBus } = platform;
  return { ...platform, tracing, db: traceDatabase(tracing, db), processBus: traceProcessBus(tracing, processBus) };
}

/** The same for the way out. */
export const tracedFanOut = (tracing: Tracing | undefined, fanOut: FanOut): FanOut =>
  tracing === undefined ? fanOut : traceFanOut(tracing, fanOut);
