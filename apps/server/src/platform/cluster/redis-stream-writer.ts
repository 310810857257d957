import type { RedisClient } from "../redis/open-redis-client.ts";
import { encodeNotes } from "./encode-notes.ts";
import { NoteQueue } from "./note-queue.ts";
import type { Note } from "./process-bus.ts";
import { BUS_KEY, type Entry, entryToFields } from "./redis-stream-entry.ts";

/** About so many batches are kept for those who read a moment later. Whoever is further behind notices the hole. */
const KEPT_BATCHES = 4_096;
/** Batches under way at once: enough that none waits for a whole round trip, few enough that a busy moment shares some. */
const MAX_UNDER_WAY = 4;
/** What waits when the process takes leave has so long to get out. */
const FAREWELL_MS = 500;

interface WriterParts {
  readonly client: RedisClient;
  readonly processId: string;
  readonly onPublished: (count: number) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Writes notes to the stream. Batches adapt without a timer: the notes of one tick go together, and what comes in while
 * some batches are under way is the next one. Each has the next number; one that fails, and everything that is dropped,
 * leaves a hole in the numbers.
 */
export class RedisStreamWriter {
  readonly #parts: WriterParts;
  readonly #queue = new NoteQueue();
  readonly #underWay = new Set<Promise<void>>();
  #counter = 0;
  #isScheduled = false;
  #isClosed = false;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  push(note: Note): void {
    if (this.#isClosed) return;
    if (!this.#parts.client.isReady || !this.#queue.push(note)) this.#counter += 1;
    else if (!this.#isScheduled) {
      this.#isScheduled = true;
      queueMicrotask(() => {
        this.#isScheduled = false;
        this.#sendWaiting();
      });
    }
  }

  /** A sign of life, unless a batch is one: by it the others notice that the batch before was lost. */
  beat(): void {
    if (this.#isClosed || !this.#parts.client.isReady || this.#underWay.size > 0) return;
    this.#send({ text: "" }, 0);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const farewell = async () => {
      this.#sendWaiting();
      while (this.#underWay.size > 0) await Promise.all(this.#underWay);
      if (!this.#parts.client.isReady) return;
      this.#send({ text: "", leaves: true }, 0);
      await Promise.all(this.#underWay);
    };
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FAREWELL_MS);
    });
    await Promise.race([farewell(), tooLate]);
    clearTimeout(timer);
    this.#parts.client.destroy();
  }

  #sendWaiting(): void {
    while (!this.#queue.isEmpty && this.#underWay.size < MAX_UNDER_WAY) {
      const batch = this.#queue.take();
      this.#send({ text: encodeNotes(batch) }, batch.length);
    }
  }

  /** One connection keeps the order of what is sent on it. */
  #send(what: Pick<Entry, "text" | "leaves">, count: number): void {
    const { client, processId, onError, onPublished } = this.#parts;
    this.#counter += 1;
    const fields = entryToFields({ processId, counter: this.#counter, ...what });
    const sent: Promise<void> = client
      .sendCommand(["XADD", BUS_KEY, "MAXLEN", "~", String(KEPT_BATCHES), "*", ...fields])
      .then(
        () => onPublished(count),
        (error: unknown) => {
          onError(error);
          // The hole that this batch leaves is one with what waited behind it.
          this.#queue.clear();
        },
      )
      .finally(() => {
        this.#underWay.delete(sent);
        this.#sendWaiting();
      });
    this.#underWay.add(sent);
  }
}
