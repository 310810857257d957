import { appendKey } from "./append-key.ts";
import type { AppendRequest } from "./message-appender.ts";

const REMEMBERED = 10_000;

/**
 * Sends whose answer from the database was lost: they may be committed, and nobody was told. When such a one comes
 * again and turns out to be stored, its event is still owed.
 */
export class UncertainAppends {
  readonly #keys = new Set<string>();

  add(requests: readonly AppendRequest[]): void {
    for (const request of requests) this.#keys.add(appendKey(request));
    for (const oldest of this.#keys) {
      if (this.#keys.size <= REMEMBERED) break;
      this.#keys.delete(oldest);
    }
  }

  /** Whether this one was uncertain; it is not any more. */
  settle(request: AppendRequest): boolean {
    return this.#keys.size > 0 && this.#keys.delete(appendKey(request));
  }
}
