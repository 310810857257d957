import { randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";
import type { Metrics } from "../metrics.ts";
import { openRedisClient } from "../redis/open-redis-client.ts";
import { decodeNotes } from "./encode-notes.ts";
import { PeerLog } from "./peer-log.ts";
import type { Note, ProcessBus } from "./process-bus.ts";
import type { Entry } from "./redis-stream-entry.ts";
import { RedisStreamReader } from "./redis-stream-reader.ts";
import { RedisStreamWriter } from "./redis-stream-writer.ts";

const BEAT_MS = 1_000;
/** A process that has not read its own sign of life for so long does not rely on what it reads. */
const DEAF_MS = 3_000;
/** How often this process looks whether the bus is whole. */
const LOOK_MS = 250;

interface BusParts {
  /** redis:// or rediss:// (TLS), with name, password and database as far as needed. */
  readonly url: string;
  readonly clock: Clock;
  readonly logger: Pick<Logger, "warn" | "info">;
  readonly metrics: Pick<Metrics, "notesPublished" | "notesReceived" | "busGap" | "busWhole">;
}

/** Driver over one Redis stream. Connects in the background, and again whenever Redis was away. */
export function createRedisProcessBus(parts: BusParts): ProcessBus {
  return new RedisProcessBus(parts);
}

class RedisProcessBus implements ProcessBus {
  readonly #parts: BusParts;
  readonly #processId = randomBytes(9).toString("base64url");
  readonly #writer: RedisStreamWriter;
  readonly #reader: RedisStreamReader;
  readonly #peers: PeerLog;
  readonly #noteListeners: ((note: Note) => void)[] = [];
  readonly #gapListeners: (() => void)[] = [];
  readonly #stops: (() => void)[];
  readonly #startedAt: number;
  #heardMyselfAt = Number.NEGATIVE_INFINITY;
  /** undefined until the first look that counts. */
  #wasWhole: boolean | undefined;
  #lastError: unknown;

  constructor(parts: BusParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.now();
    const { clock, metrics, url } = parts;
    const onError = (error: unknown) => {
      this.#lastError = error;
    };
    this.#peers = new PeerLog(clock);
    this.#writer = new RedisStreamWriter({
      client: openRedisClient(url, onError),
      processId: this.#processId,
      onPublished: (count) => metrics.notesPublished(count),
      onError,
    });
    this.#reader = new RedisStreamReader({
      client: openRedisClient(url, onError),
      clock,
      onPlaced: () => this.#writer.beat(),
      onEntry: (entry) => this.#take(entry),
      onGap: () => this.#tellGap(),
      onError,
    });
    metrics.busWhole(false);
    this.#stops = [clock.every(BEAT_MS, () => this.#writer.beat()), clock.every(LOOK_MS, () => this.#look())];
  }

  publish(note: Note): void {
    this.#writer.push(note);
  }

  onNote(listener: (note: Note) => void): void {
    this.#noteListeners.push(listener);
  }

  onGap(listener: () => void): void {
    this.#gapListeners.push(listener);
  }

  get isWhole(): boolean {
    return this.#parts.clock.now() - this.#heardMyselfAt <= DEAF_MS && !this.#peers.missesSomebody();
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    this.#reader.close();
    await this.#writer.close();
  }

  #take({ processId, counter, text, leaves }: Entry): void {
    if (processId === this.#processId) {
      if (this.#heardMyselfAt < 0) this.#peers.begin();
      this.#heardMyselfAt = this.#parts.clock.now();
      this.#look();
      return;
    }
    const order = this.#peers.heard(processId, counter);
    if (order === "again") return;
    if (order === "hole") this.#tellGap();
    if (leaves) this.#peers.left(processId);
    const notes = this.#decode(text);
    this.#parts.metrics.notesReceived(notes.length);
    for (const note of notes) this.#tell(this.#noteListeners, note);
  }

  #decode(text: string): Note[] {
    try {
      return decodeNotes(text);
    } catch (error) {
      this.#parts.logger.warn({ err: error }, "Another process wrote what cannot be read");
      this.#tellGap();
      return [];
    }
  }

  #tellGap(): void {
    this.#parts.metrics.busGap();
    this.#tell(this.#gapListeners, undefined);
  }

  #tell<Payload>(listeners: readonly ((payload: Payload) => void)[], payload: Payload): void {
    for (const listener of listeners) {
      try {
        listener(payload);
      } catch (error) {
        this.#parts.logger.warn({ err: error }, "What another process told could not be taken in");
      }
    }
  }

  /** What happened while the bus was not whole is unknown: its end is a gap too. */
  #look(): void {
    const { isWhole } = this;
    const { clock, logger, metrics } = this.#parts;
    const isBeginning = this.#wasWhole === undefined && clock.now() - this.#startedAt <= DEAF_MS;
    if (isWhole === this.#wasWhole || (!isWhole && isBeginning)) return;
    this.#wasWhole = isWhole;
    metrics.busWhole(isWhole);
    if (isWhole) {
      logger.info("Notes pass between the processes");
      this.#lastError = undefined;
      this.#tellGap();
    } else
      logger.warn(
        { err: this.#lastError },
        "Notes do not pass between the processes; clients are told digests instead",
      );
  }
}
