const REMEMBERED = 10_000;

/**
 * Sends whose answer from the database was lost, by their `appendKey`: they may be committed, and nobody was told. When
 * such a one comes again and turns out to be stored, its event is still owed.
 */
export class UncertainAppends {
  readonly #keys = new Set<string>();
  readonly #told = new Set<string>();

  add(keys: readonly string[]): void {
    // A repeat of what was told already owes nothing, whatever became of its answer.
    for (const key of keys) if (!this.#told.has(key)) this.#keys.add(key);
    dropOldest(this.#keys);
  }

  /** Its event went out. */
  told(key: string): void {
    this.#told.add(key);
    dropOldest(this.#told);
  }

  /** Whether this one was uncertain; it is not any more. */
  settle(key: string): boolean {
    return this.#keys.size > 0 && this.#keys.delete(key);
  }
}

function dropOldest(keys: Set<string>): void {
  for (const oldest of keys) {
    if (keys.size <= REMEMBERED) break;
    keys.delete(oldest);
  }
}
