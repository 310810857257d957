/** One thing that a watched process did, in the order of the trace. */
export type TracedCall =
  | { readonly kind: "written"; readonly segment: string; readonly upTo: number }
  /** What stood in the file when the call began is on the disk now that it is over. */
  | { readonly kind: "flushed"; readonly segment: string; readonly upTo: number }
  /** Bytes given to a TCP socket; they may leave from here on. */
  | { readonly kind: "sent"; readonly text: string };

interface Begun {
  readonly name: string;
  readonly target: string;
  readonly rest: string;
  /** For a flush: how far its segment was written when it began. */
  readonly upTo: number;
}

const LINE = /^(\d+) +(?:<\.\.\. )?(\w+)(?: resumed>|\()(.*)$/;
const TARGET = /^(?:\{msg_name=)?\d+<(.*?)>(?:\([^)]*\))?,? ?/s;
const SEGMENT = /pg_wal\/([0-9A-F]{24})$/;

/**
 * Reads what strace wrote (-f -yy): writes and flushes of the write-ahead log when they are over, what goes to TCP sockets
 * when it begins. A segment is the name of a file of the log, `upTo` an offset in it.
 */
export function readTrace(trace: string): TracedCall[] {
  const calls: TracedCall[] = [];
  const begun = new Map<string, Begun>();
  const written = new Map<string, number>();
  for (const line of trace.split("\n")) {
    const [, pid = "", name = "", rest = ""] = LINE.exec(line) ?? [];
    if (name === "") continue;
    const isResumed = line.includes(`<... ${name} resumed>`);
    const call = isResumed ? begun.get(pid) : begin(name, rest, written);
    if (call === undefined) continue;
    if (!isResumed && isTcp(call)) calls.push({ kind: "sent", text: call.rest });
    if (rest.endsWith("<unfinished ...>")) begun.set(pid, call);
    else {
      begun.delete(pid);
      calls.push(...finish(call, rest, written));
    }
  }
  return calls;
}

const isTcp = ({ name, target }: Begun): boolean => target.startsWith("TCP") && /^(write|send)/.test(name);

function begin(name: string, rest: string, written: ReadonlyMap<string, number>): Begun {
  const target = TARGET.exec(rest)?.[1] ?? /^\d+<(.*?)>/.exec(rest)?.[1] ?? "";
  return { name, target, rest, upTo: written.get(SEGMENT.exec(target)?.[1] ?? "") ?? 0 };
}

function finish(call: Begun, rest: string, written: Map<string, number>): TracedCall[] {
  const segment = SEGMENT.exec(call.target)?.[1];
  const result = Number(/= (\d+)$/.exec(rest)?.[1] ?? Number.NaN);
  if (segment === undefined || Number.isNaN(result)) return [];
  if (call.name === "fdatasync" || call.name === "fsync") return [{ kind: "flushed", segment, upTo: call.upTo }];
  if (call.name !== "pwrite64") return [];
  // …, count, offset) = result, whole or begun.
  const offset = Number(/, \d+, (\d+)(?:\) += \d+| <unfinished \.\.\.>)$/.exec(call.rest)?.[1]);
  const upTo = Math.max(written.get(segment) ?? 0, offset + result);
  written.set(segment, upTo);
  return [{ kind: "written", segment, upTo }];
}
