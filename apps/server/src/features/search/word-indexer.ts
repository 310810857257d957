import type { Message } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { indexTexts } from "./index-texts.ts";
import { readTexts, takeDue } from "./store.ts";
import { sweepWords } from "./sweep-words.ts";

/** Messages in one batch: some tens of milliseconds of PostgreSQL, so that no send waits long for a core. */
const BATCH = 200;
/** So many may wait; what comes on top is left to the next sweep. */
const WAITING = 20_000;
/** A pause lasts so many times as long as its batch took: under load messages come first, and searching finds them later. */
const PAUSE_PER_BATCH = 8;
/** But not much later: the longer the oldest has waited the shorter the pauses, down to one as long as its batch. */
const LONGEST_LAG_MS = 20_000;
const LONGEST_PAUSE_MS = 5_000;
const SWEEP_EVERY_MS = 3_600_000;
const SWEEP_AGAIN_MS = 60_000;

/** Where a message stands, and since when it waits: milliseconds since the epoch. */
interface Waiting extends Pick<Message, "conversationId" | "seq"> {
  readonly since: number;
}

type IndexerDeps = Pick<Deps, "db" | "clock">;

/** Keeps the index of words up with the messages, behind their commits. Its three works are run again and again. */
export class WordIndexer {
  readonly #deps: IndexerDeps;
  #waiting: Waiting[] = [];
  #sweepAt = 0;
  #hasSwept = false;

  constructor(deps: IndexerDeps) {
    this.#deps = deps;
  }

  /** A message was appended by this process. */
  appended({ conversationId, seq }: Message): void {
    const since = this.#deps.clock.now();
    if (this.#waiting.length < WAITING) this.#waiting.push({ conversationId, seq, since });
    else this.#sweepAt = 0;
  }

  /** Indexes a batch of what was appended, and rests. */
  async indexAppended(): Promise<void> {
    const batch = this.#waiting.slice(0, BATCH);
    if (batch.length === 0) return;
    this.#waiting = this.#waiting.slice(BATCH);
    const { db } = this.#deps;
    const ids = batch.map(({ conversationId }) => conversationId);
    const seqs = batch.map(({ seq }) => seq);
    try {
      await this.#unhurried(async () => indexTexts(db, await db.query(readTexts, [ids, seqs])), this.#pausePerBatch());
    } catch (error) {
      // Again with the next batch: a sweep does not look at what is so young.
      this.#waiting = [...batch, ...this.#waiting].slice(0, WAITING);
      throw error;
    }
  }

  /** Indexes what was edited, deleted or restored, by whichever process. */
  async indexChanged(): Promise<void> {
    // In one transaction: what is taken from the list is indexed, or stays on it.
    const taken = await this.#deps.db.transaction(async (tx) => {
      const due = await tx.query(takeDue, [BATCH]);
      if (due.length === 0) return 0;
      const ids = due.map(({ conversation_id }) => conversation_id);
      await indexTexts(tx, await tx.query(readTexts, [ids, due.map(({ seq }) => seq)]));
      return due.length;
    });
    if (taken === BATCH) await this.indexChanged();
  }

  /** Finds what a crash or an overflow left out: soon after the start, every hour, and after an overflow. */
  async sweepWhenDue(): Promise<void> {
    const now = this.#deps.clock.now();
    if (now < this.#sweepAt || this.#waiting.length > 0) return;
    // Soon again when it fails, and after the first one: what a process that has just ended left was too young for it.
    this.#sweepAt = now + SWEEP_AGAIN_MS;
    await sweepWords(this.#deps, (work) => this.#unhurried(work));
    if (this.#hasSwept) this.#sweepAt = now + SWEEP_EVERY_MS;
    this.#hasSwept = true;
  }

  #pausePerBatch(): number {
    const [oldest] = this.#waiting;
    const lag = oldest === undefined ? 0 : this.#deps.clock.now() - oldest.since;
    return Math.max(1, PAUSE_PER_BATCH * (1 - lag / LONGEST_LAG_MS));
  }

  /** Works, and rests for a multiple of the time that it took. */
  async #unhurried<Result>(work: () => Promise<Result>, times = PAUSE_PER_BATCH): Promise<Result> {
    const began = performance.now();
    const result = await work();
    const pause = Math.min(LONGEST_PAUSE_MS, (performance.now() - began) * times);
    await new Promise<void>((resolve) => void this.#deps.clock.after(pause, resolve));
    return result;
  }
}
