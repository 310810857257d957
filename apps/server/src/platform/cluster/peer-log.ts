import type { Clock } from "../clock.ts";

/** A process gives a sign of life each second. After so long without one it is missed … */
const MISSED_MS = 5_000;
/** … and after so long it is held to be gone: one that was killed takes no leave. */
const GONE_MS = 60_000;

interface Peer {
  counter: number;
  heardAt: number;
}

/** What was heard of the other processes. Each counts its batches, so that a lost one leaves a hole. */
export class PeerLog {
  readonly #peers = new Map<string, Peer>();
  readonly #clock: Pick<Clock, "now">;
  /** Whoever is heard for the first time until then may have begun before this process listened. */
  #strangersUntil = Number.POSITIVE_INFINITY;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** From now on everything is heard. */
  begin(): void {
    this.#strangersUntil = this.#clock.now() + MISSED_MS;
  }

  /**
   * Takes note of a batch.
   * @returns `next`, `again` for one that was heard before, or `hole` when something before it is missing
   */
  heard(processId: string, counter: number): "next" | "again" | "hole" {
    const now = this.#clock.now();
    const known = this.#peers.get(processId);
    if (known !== undefined && counter <= known.counter) return "again";
    this.#peers.set(processId, { counter, heardAt: now });
    const expected = known === undefined ? 1 : known.counter + 1;
    return counter === expected || (known === undefined && now < this.#strangersUntil) ? "next" : "hole";
  }

  /** That process has taken leave. */
  left(processId: string): void {
    this.#peers.delete(processId);
  }

  /** Whether somebody fell silent without leaving. */
  missesSomebody(): boolean {
    const now = this.#clock.now();
    for (const [processId, { heardAt }] of this.#peers) {
      if (now - heardAt > GONE_MS) this.#peers.delete(processId);
      else if (now - heardAt > MISSED_MS) return true;
    }
    return false;
  }
}
