import { AppError } from "../app-error.ts";

export interface GateBounds {
  /** Pieces of work of one key under way at the same time. */
  readonly atOnce: number;
  /** How many may wait for one key, how many of them of one person, and how many for all keys together. */
  readonly waiting: number;
  readonly waitingOfOne: number;
  readonly waitingInAll: number;
  /** Whoever waited longer is refused when the turn comes: nobody may be listening any more. */
  readonly longestWaitMs: number;
}

/**
 * Of changes of messages, by conversation. They take one row lock one after the other: more than two of them at once would
 * hold connections only to wait in them. A client waits ten seconds for its answer.
 */
export const changeBounds: GateBounds = {
  atOnce: 2,
  waiting: 200,
  waitingOfOne: 20,
  waitingInAll: 4_000,
  longestWaitMs: 4_000,
};

const RETRY_MS = 500;

interface Waiter {
  readonly since: number;
  readonly start: () => void;
  readonly refuse: () => void;
}

interface Key {
  busy: number;
  waiting: number;
  /** By person, whoever is next first. Nobody stands here with an empty list. */
  readonly people: Map<string, Waiter[]>;
}

/**
 * Lets only so much work of one key run at once, so that one busy conversation leaves the connections to the others.
 * People take turns: many calls of one of them do not keep the others waiting. When nobody waits it costs nothing.
 */
export class KeyedGate {
  readonly #bounds: GateBounds;
  /** Only those at which somebody works. */
  readonly #keys = new Map<string, Key>();
  #waiting = 0;

  constructor(bounds: GateBounds) {
    this.#bounds = bounds;
  }

  /** @throws AppError `overloaded` when too many wait already, or this one has waited too long */
  async run<Result>(name: string, person: string, work: () => Promise<Result>): Promise<Result> {
    await this.#enter(name, person);
    try {
      return await work();
    } finally {
      this.#leave(name);
    }
  }

  #enter(name: string, person: string): Promise<void> {
    const key = this.#keys.get(name) ?? { busy: 0, waiting: 0, people: new Map<string, Waiter[]>() };
    this.#keys.set(name, key);
    if (key.busy < this.#bounds.atOnce) {
      key.busy += 1;
      return Promise.resolve();
    }
    const own = key.people.get(person) ?? [];
    if (this.#isFull(key, own)) return Promise.reject(refusal());
    return new Promise((start, reject) => {
      own.push({ since: performance.now(), start, refuse: () => reject(refusal()) });
      key.people.set(person, own);
      key.waiting += 1;
      this.#waiting += 1;
    });
  }

  #isFull(key: Key, own: readonly Waiter[]): boolean {
    const { waiting, waitingOfOne, waitingInAll } = this.#bounds;
    return key.waiting >= waiting || own.length >= waitingOfOne || this.#waiting >= waitingInAll;
  }

  #leave(name: string): void {
    const key = this.#keys.get(name);
    if (key === undefined) return;
    for (let next = this.#takeNext(key); next !== undefined; next = this.#takeNext(key)) {
      if (performance.now() - next.since <= this.#bounds.longestWaitMs) {
        next.start();
        return;
      }
      next.refuse();
    }
    key.busy -= 1;
    if (key.busy === 0) this.#keys.delete(name);
  }

  /** The first call of the person whose turn it is; that person then stands last. */
  #takeNext(key: Key): Waiter | undefined {
    const [turn] = key.people;
    if (turn === undefined) return undefined;
    const [person, own] = turn;
    const next = own.shift();
    key.people.delete(person);
    if (own.length > 0) key.people.set(person, own);
    key.waiting -= 1;
    this.#waiting -= 1;
    return next;
  }
}

const refusal = () => new AppError("overloaded", { retryAfterMs: RETRY_MS });
