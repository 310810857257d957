/** One browser's tabs: what one tells, the others of the same scope hear; one task at a time. */
export class MemoryTabs {
  readonly #listeners = new Map<string, Set<(news: unknown) => void>>();
  readonly #turns = new Map<string, Promise<void>>();

  readonly open = (scope: string, onNews: (news: unknown) => void) => {
    const listeners = this.#listeners.get(scope) ?? new Set();
    this.#listeners.set(scope, listeners.add(onNews));
    let closed = false;
    return {
      alone: async (task: () => Promise<void>): Promise<void> => {
        const before = this.#turns.get(scope) ?? Promise.resolve();
        const mine = before.then(async () => {
          if (!closed) await task();
        });
        this.#turns.set(
          scope,
          mine.catch(() => undefined),
        );
        await mine;
      },
      tell: (news: unknown): void => {
        const copy = structuredClone(news);
        for (const listener of listeners) {
          if (listener !== onNews) queueMicrotask(() => listeners.has(listener) && listener(copy));
        }
      },
      close: (): void => {
        closed = true;
        listeners.delete(onNews);
      },
    };
  };
}
