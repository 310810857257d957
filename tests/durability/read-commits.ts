import { readFileSync } from "node:fs";
import { join } from "node:path";

const PAGE = 8_192;
const PAGE_HEADER = 24;
/** The first page of a segment says more. */
const SEGMENT_HEADER = 40;
const SEGMENT = 16 * 1_024 * 1_024;
const RECORD_HEADER = 24;
const TRANSACTIONS = 1;
const KIND_OF_TRANSACTION_RECORD = 0x70;
const COMMIT = 0x00;

/** A part of the write-ahead log, as it stands in the file. */
export interface LogRecord {
  /** The name of the file. */
  readonly segment: string;
  readonly offset: number;
  readonly bytes: Buffer;
}

/** The commit of each transaction in the write-ahead log below `cluster`, from the position `from` on (`1/2AB3C`). */
export function readCommits(cluster: string, from: string): Map<number, LogRecord> {
  const [high = 0, low = 0] = from.split("/").map((part) => Number.parseInt(part, 16));
  const log = openLog(cluster, high);
  const commits = new Map<number, LogRecord>();
  let at = low;
  for (;;) {
    const start = log.read(at, RECORD_HEADER);
    const length = start.bytes.readUInt32LE(0);
    if (length < RECORD_HEADER) return commits;
    const { end } = log.read(at, length);
    const isCommit =
      start.bytes.readUInt8(17) === TRANSACTIONS && (start.bytes.readUInt8(16) & KIND_OF_TRANSACTION_RECORD) === COMMIT;
    if (isCommit) {
      commits.set(start.bytes.readUInt32LE(4), log.record(at, end));
    }
    at = Math.ceil(end / 8) * 8;
  }
}

/** Positions are the lower half of PostgreSQL's; what is read goes on behind the headers of pages. */
function openLog(cluster: string, high: number) {
  const files = new Map<string, Buffer>();
  const hex = (value: number) => value.toString(16).toUpperCase().padStart(8, "0");
  const segmentOf = (at: number) => `00000001${hex(high)}${hex(Math.floor(at / SEGMENT))}`;
  const file = (at: number): Buffer => {
    const name = segmentOf(at);
    const bytes = files.get(name) ?? readFileSync(join(cluster, "pg_wal", name));
    files.set(name, bytes);
    return bytes;
  };
  const read = (from: number, length: number): { bytes: Buffer; end: number } => {
    const parts: Buffer[] = [];
    let at = from;
    for (let missing = length; missing > 0; ) {
      if (at % PAGE === 0) at += at % SEGMENT === 0 ? SEGMENT_HEADER : PAGE_HEADER;
      const size = Math.min(missing, PAGE - (at % PAGE));
      parts.push(file(at).subarray(at % SEGMENT, (at % SEGMENT) + size));
      missing -= size;
      at += size;
    }
    return { bytes: Buffer.concat(parts), end: at };
  };
  const record = (from: number, to: number): LogRecord => {
    const offset = from % SEGMENT;
    if (offset + to - from > SEGMENT) throw new Error("A record on the border of two segments.");
    return { segment: segmentOf(from), offset, bytes: file(from).subarray(offset, offset + to - from) };
  };
  return { read, record };
}
