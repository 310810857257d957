import type { RateLimiter } from "./rate-limiter.ts";

/** One call of `RateLimiter.take`. */
export interface Take {
  readonly key: string;
  readonly count: number;
  readonly seconds: number;
  readonly points: number;
}

/** Where the budgets of several processes lie together. Answers each take as `RateLimiter.take` does, in their order. */
export type TakeAll = (takes: readonly Take[]) => Promise<readonly number[]>;

/** Whoever does not answer within this time is not waited for. */
const ANSWER_WITHIN_MS = 10;

interface Waiting extends Take {
  readonly resolve: (retryAfterMs: number) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Driver for several processes. What is taken in one tick is asked together. While the shared budgets cannot be reached,
 * those in the memory of this process hold: nobody is refused for it, and only the first to notice wait a few milliseconds.
 */
export function createSharedRateLimiter(takeAll: TakeAll, memory: RateLimiter): RateLimiter {
  let gathered: Waiting[] = [];
  /** A question that was given up and has not come back: until it does, nobody asks another. */
  let silent: Promise<unknown> | null = null;

  async function flush(): Promise<void> {
    const batch = gathered;
    gathered = [];
    const answer = takeAll(batch).catch(() => null);
    const waits = await within(answer);
    if (waits === "late") {
      silent = answer;
      void answer.then(() => {
        if (silent === answer) silent = null;
      });
    }
    if (waits === "late" || waits === null) takeFrom(memory, batch);
    else batch.forEach(({ resolve }, index) => resolve(waits[index] ?? 0));
  }

  return {
    take: (key, rate, points = 1) => {
      if (silent !== null) return memory.take(key, rate, points);
      return new Promise((resolve, reject) => {
        if (gathered.length === 0) setImmediate(() => void flush());
        gathered.push({ key, ...rate, points, resolve, reject });
      });
    },
  };
}

function within<Answer>(answer: Promise<Answer>): Promise<Answer | "late"> {
  return new Promise((resolve) => {
    // An answer may lie unread because this process was busy: it gets its turn before the time counts as over.
    const timer = setTimeout(() => setImmediate(() => resolve("late")), ANSWER_WITHIN_MS);
    void answer.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

function takeFrom(memory: RateLimiter, batch: readonly Waiting[]): void {
  for (const { key, count, seconds, points, resolve, reject } of batch) {
    memory.take(key, { count, seconds }, points).then(resolve, reject);
  }
}
