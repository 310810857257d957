import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Answer, HistoryRecord } from "./history.ts";

type Invocation = Omit<Extract<HistoryRecord, { type: "invoke" }>, "type" | "op" | "at">;

export interface HistoryWriter {
  readonly file: string;
  write(record: HistoryRecord): void;
  /** Writes down that something is asked for. Exactly one of the three says later what became of it. */
  invoke(invocation: Invocation): PendingOperation;
  /** Milliseconds on the history's clock. */
  now(): number;
  close(): Promise<void>;
}

export interface PendingOperation {
  ok(answer: Answer): void;
  unknown(why: string): void;
  refused(code: string): void;
}

/** Writes a history as JSON lines. */
export function createHistoryWriter(file: string): HistoryWriter {
  const stream = createWriteStream(file);
  const began = performance.now();
  let operations = 0;
  const now = () => Math.round((performance.now() - began) * 1_000) / 1_000;
  const write = (record: HistoryRecord) => void stream.write(`${JSON.stringify(record)}\n`);
  return {
    file,
    write,
    invoke: (invocation) => {
      operations += 1;
      const op = operations;
      write({ type: "invoke", op, at: now(), ...invocation });
      return {
        ok: (answer) => write({ type: "ok", op, at: now(), answer }),
        unknown: (why) => write({ type: "unknown", op, at: now(), why }),
        refused: (code) => write({ type: "refused", op, at: now(), code }),
      };
    },
    now,
    close: () =>
      new Promise((resolve, reject) => {
        stream.on("error", reject);
        stream.end(() => resolve());
      }),
  };
}

/** Reads a history line by line. */
export async function* readHistory(file: string): AsyncGenerator<HistoryRecord> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    yield JSON.parse(line) as HistoryRecord;
  }
}
