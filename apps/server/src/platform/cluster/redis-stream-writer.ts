import type { RedisClient } from "../redis/open-redis-client.ts";
import { encodeNotes } from "./encode-notes.ts";
import { NoteQueue } from "./note-queue.ts";
import type { Note } from "./process-bus.ts";
import { BUS_KEY, type Entry, entryToFields } from "./redis-stream-entry.ts";

/** About so many batches are kept for those who read a moment later. Whoever is further behind notices the hole. */
const KEPT_BATCHES = 4_096;
/** What waits when the process takes leave has so long to get out. */
const FAREWELL_MS = 500;

interface WriterParts {
  readonly client: RedisClient;
  readonly processId: string;
  readonly onPublished: (count: number) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Writes notes to the stream. Batches adapt without a timer: what came in while one is under way is the next one. Each
 * has the next number; one that fails, and everything that is dropped, leaves a hole in the numbers.
 */
export class RedisStreamWriter {
  readonly #parts: WriterParts;
  readonly #queue = new NoteQueue();
  #counter = 0;
  #flushing: Promise<unknown> | undefined;
  #isClosed = false;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  push(note: Note): void {
    if (this.#isClosed) return;
    if (!this.#parts.client.isReady || !this.#queue.push(note)) this.#counter += 1;
    else this.#flushing ??= this.#flush();
  }

  /** A sign of life, unless a batch is one: by it the others notice that the batch before was lost. */
  beat(): void {
    if (this.#isClosed || !this.#parts.client.isReady) return;
    this.#flushing ??= this.#send({ text: "" }).finally(() => this.#ended());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const farewell = async () => {
      await this.#flushing;
      if (this.#parts.client.isReady) await this.#send({ text: "", leaves: true });
    };
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FAREWELL_MS);
    });
    await Promise.race([farewell(), tooLate]);
    clearTimeout(timer);
    this.#parts.client.destroy();
  }

  async #flush(): Promise<void> {
    // The notes of one tick go together.
    await Promise.resolve();
    while (!this.#queue.isEmpty) {
      const batch = this.#queue.take();
      const isSent = await this.#send({ text: encodeNotes(batch) });
      if (isSent) this.#parts.onPublished(batch.length);
      // The hole that this batch leaves is one with what waited behind it.
      else this.#queue.clear();
    }
    this.#ended();
  }

  #ended(): void {
    this.#flushing = undefined;
    if (!this.#queue.isEmpty) this.#flushing = this.#flush();
  }

  async #send(what: Pick<Entry, "text" | "leaves">): Promise<boolean> {
    const { client, processId, onError } = this.#parts;
    this.#counter += 1;
    const fields = entryToFields({ processId, counter: this.#counter, ...what });
    try {
      await client.sendCommand(["XADD", BUS_KEY, "MAXLEN", "~", String(KEPT_BATCHES), "*", ...fields]);
      return true;
    } catch (error) {
      onError(error);
      return false;
    }
  }
}
