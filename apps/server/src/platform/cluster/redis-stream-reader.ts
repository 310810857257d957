import type { Clock } from "../clock.ts";
import type { RedisClient } from "../redis/open-redis-client.ts";
import { BUS_KEY, type Entry, isBefore, readEntries } from "./redis-stream-entry.ts";

/** Batches in one answer. */
const ENTRIES = "64";
/** In a system that works there is a sign of life each second: when nothing came for so long, the position is checked. */
const BLOCK_MS = "2000";
const RETRY_MS = 200;

interface ReaderParts {
  /** A connection of its own: reading waits. */
  readonly client: RedisClient;
  readonly clock: Clock;
  /** Everything that is written from now on will be read. */
  readonly onPlaced: () => void;
  readonly onEntry: (entry: Entry) => void;
  /** Something was lost that the numbers of the batches do not tell. */
  readonly onGap: () => void;
  readonly onError: (error: unknown) => void;
}

/** Reads the stream from its end on, by pulling: whoever is slow falls behind, nothing piles up for them. */
export class RedisStreamReader {
  readonly #parts: ReaderParts;
  #lastId: string | undefined;
  #isReading = false;
  #isClosed = false;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
    parts.client.on("ready", () => {
      if (!this.#isReading) void this.#read();
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#parts.client.destroy();
  }

  /** As long as this connection lasts; the next one begins again. */
  async #read(): Promise<void> {
    const { client, clock, onError } = this.#parts;
    let isKnown = false;
    this.#isReading = true;
    while (!this.#isClosed && client.isReady) {
      try {
        if (!isKnown) await this.#findPosition();
        isKnown = await this.#readOnce();
      } catch (error) {
        isKnown = false;
        if (!this.#isClosed) onError(error);
        await new Promise<void>((resolve) => void clock.after(RETRY_MS, resolve));
      }
    }
    this.#isReading = false;
  }

  /** Returns false when nothing came. */
  async #readOnce(): Promise<boolean> {
    const from = this.#lastId ?? "0-0";
    const command = ["XREAD", "COUNT", ENTRIES, "BLOCK", BLOCK_MS, "STREAMS", BUS_KEY, from];
    const reply = await this.#parts.client.sendCommand(command);
    if (reply === null) return false;
    for (const [id, entry] of readEntries(reply)) {
      this.#lastId = id;
      if (entry === undefined) this.#parts.onGap();
      else this.#parts.onEntry(entry);
    }
    return true;
  }

  /** The end of the stream at first. Later: where we were, unless the stream begins anew with smaller ids. */
  async #findPosition(): Promise<void> {
    const end = await this.#findEnd();
    if (this.#lastId === undefined) this.#lastId = end;
    else if (isBefore(end, this.#lastId)) {
      this.#lastId = "0-0";
      this.#parts.onGap();
    }
    this.#parts.onPlaced();
  }

  async #findEnd(): Promise<string> {
    const info = await this.#parts.client.sendCommand(["XINFO", "STREAM", BUS_KEY]).catch((error: unknown) => {
      if (error instanceof Error && error.message.includes("no such key")) return [];
      throw error;
    });
    const facts = info as unknown as unknown[];
    const end = facts[facts.indexOf("last-generated-id") + 1];
    return typeof end === "string" ? end : "0-0";
  }
}
