/** One thing that a watched process did, in the order of the trace. A segment is the name of a file of the write-ahead log. */
export type TracedCall =
  | { readonly kind: "written"; readonly segment: string; readonly offset: number; readonly bytes: Buffer }
  /** What stood in the file before the call `since` (an index in the trace) is on the disk now. */
  | { readonly kind: "flushed"; readonly segment: string; readonly since: number }
  /** Bytes given to a TCP socket; they may leave from here on. */
  | { readonly kind: "sent"; readonly text: string };

interface Begun {
  readonly name: string;
  readonly target: string;
  readonly rest: string;
  /** How many calls had been traced when it began. */
  readonly since: number;
}

const LINE = /^(\d+) +(?:<\.\.\. )?(\w+)(?: resumed>|\()(.*)$/;
const TARGET = /^\d+<(.*?)>(?:, |\)| <)/;
const SEGMENT = /pg_wal\/([0-9A-F]{24})$/;
/** `, "data", size, offset) = result`, whole or begun. */
const WRITTEN = /, "(.*)", \d+, (\d+)(?:\) += \d+| <unfinished \.\.\.>)$/;

/**
 * Reads what strace wrote (-f -yy): writes and flushes of the write-ahead log when they are over, what goes to TCP sockets
 * when it begins.
 */
export function readTrace(trace: string): TracedCall[] {
  const calls: TracedCall[] = [];
  const begun = new Map<string, Begun>();
  for (const line of trace.split("\n")) {
    const [, pid = "", name = "", rest = ""] = LINE.exec(line) ?? [];
    if (name === "") continue;
    const isResumed = line.includes(`<... ${name} resumed>`);
    const call = isResumed ? begun.get(pid) : begin(name, rest, calls.length);
    if (call === undefined) continue;
    if (!isResumed && isTcp(call)) calls.push({ kind: "sent", text: call.rest });
    if (rest.endsWith("<unfinished ...>")) begun.set(pid, call);
    else {
      begun.delete(pid);
      calls.push(...finish(call, rest));
    }
  }
  return calls;
}

const begin = (name: string, rest: string, since: number): Begun => ({
  name,
  target: TARGET.exec(rest)?.[1] ?? "",
  rest,
  since,
});

const isTcp = ({ name, target }: Begun): boolean => target.startsWith("TCP") && /^(write|send)/.test(name);

function finish({ name, target, rest, since }: Begun, end: string): TracedCall[] {
  const segment = SEGMENT.exec(target)?.[1];
  const result = Number(/= (\d+)$/.exec(end)?.[1] ?? Number.NaN);
  if (segment === undefined || Number.isNaN(result)) return [];
  if (name === "fdatasync" || name === "fsync") return [{ kind: "flushed", segment, since }];
  const [, data = "", offset = ""] = WRITTEN.exec(rest) ?? [];
  return [{ kind: "written", segment, offset: Number(offset), bytes: unescape(data).subarray(0, result) }];
}

const ESCAPED: Readonly<Record<string, string>> = { n: "\n", t: "\t", v: "\v", f: "\f", r: "\r" };

/** The bytes of a string as strace shows it: octal numbers and a few letters behind backslashes. */
function unescape(data: string): Buffer {
  const text = data.replaceAll(/\\([0-7]{1,3}|.)/g, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPED[code] ?? code),
  );
  return Buffer.from(text, "latin1");
}
