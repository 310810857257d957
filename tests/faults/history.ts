import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Message } from "@parley/protocol";

/** A message as somebody saw it: in an acknowledgement, an event, a page, or the database. */
export interface Sighting {
  readonly conversationId: string;
  readonly seq: number;
  readonly version: number;
  readonly id: string;
  readonly clientMessageId: string;
  readonly senderId: string | null;
  readonly content: string | null;
}

export const sightingOf = (message: Message): Sighting => {
  const { conversationId, seq, version, id, clientMessageId, senderId, content } = message;
  return { conversationId, seq, version, id, clientMessageId, senderId, content };
};

interface Send {
  readonly userId: string;
  readonly conversationId: string;
  readonly clientMessageId: string;
}

/** What a device holds at the end: what its events and catch-ups made, or what it fetches afresh. */
export type ViewKind = "held" | "fetched";

/** Everything that happened, in the order in which one process wrote it down. `at` is monotonic, in milliseconds. */
export type HistoryRecord =
  | { readonly type: "member"; readonly conversationId: string; readonly userId: string }
  /** One attempt; a repeat has the same clientMessageId. */
  | ({ readonly type: "invoke"; readonly at: number; readonly via: "socket" | "http"; readonly body: string } & Send)
  | ({ readonly type: "ok"; readonly at: number; readonly message: Sighting } & Send)
  /** No answer, or one that leaves open whether it was stored. */
  | ({ readonly type: "unknown"; readonly at: number; readonly why: string } & Send)
  /** Refused for good. */
  | ({ readonly type: "refused"; readonly at: number; readonly code: string } & Send)
  | { readonly type: "connected" | "disconnected"; readonly at: number; readonly device: string }
  /** An event on the device's so-many-th connection. */
  | {
      readonly type: "heard";
      readonly at: number;
      readonly device: string;
      readonly userId: string;
      readonly connection: number;
      readonly message: Sighting;
    }
  /** A device begins to tell what it holds. */
  | { readonly type: "view"; readonly device: string; readonly userId: string; readonly kind: ViewKind }
  | { readonly type: "viewed"; readonly device: string; readonly kind: ViewKind; readonly message: Sighting }
  /** The database at the end. */
  | { readonly type: "conversation"; readonly conversationId: string; readonly lastSeq: number }
  | { readonly type: "stored"; readonly message: Sighting }
  | { readonly type: "fault"; readonly at: number; readonly what: string };

export interface HistoryWriter {
  readonly file: string;
  write(record: HistoryRecord): void;
  /** Milliseconds on the history's clock. */
  now(): number;
  close(): Promise<void>;
}

/** Writes a history as JSON lines. */
export function createHistoryWriter(file: string): HistoryWriter {
  const stream = createWriteStream(file);
  const began = performance.now();
  return {
    file,
    write: (record) => void stream.write(`${JSON.stringify(record)}\n`),
    now: () => Math.round((performance.now() - began) * 1_000) / 1_000,
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
