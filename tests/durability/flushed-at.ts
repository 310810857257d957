import type { LogRecord } from "./read-commits.ts";
import type { TracedCall } from "./read-trace.ts";

/** The index of the call with whose end the record is on the disk; infinite when there is none. */
export function flushedAt(calls: readonly TracedCall[], record: LogRecord): number {
  const { segment, offset, bytes } = record;
  const seen = Buffer.alloc(bytes.length);
  const writtenAt = calls.findIndex((call) => {
    if (call.kind !== "written" || call.segment !== segment) return false;
    // The part of what is written that falls on the record. Pages are written again and again, ever fuller.
    const from = Math.max(offset, call.offset);
    const to = Math.min(offset + bytes.length, call.offset + call.bytes.length);
    if (from >= to) return false;
    call.bytes.copy(seen, from - offset, from - call.offset, to - call.offset);
    return seen.equals(bytes);
  });
  if (writtenAt < 0) return Number.POSITIVE_INFINITY;
  const at = calls.findIndex((call) => call.kind === "flushed" && call.segment === segment && call.since > writtenAt);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}
