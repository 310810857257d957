import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { MemoryPresenceBoard } from "../../apps/server/src/features/presence/memory-presence-board.ts";
import type { PresenceBoard } from "../../apps/server/src/features/presence/presence-board.ts";
import { createRedisPresenceBoard } from "../../apps/server/src/features/presence/redis-presence-board.ts";
import { systemClock } from "../../apps/server/src/platform/clock.ts";
import { connectRedis, type RedisLink, redisScript } from "../../apps/server/src/platform/redis/connect-redis.ts";
import { startRedis, type TestRedis, withoutRedis } from "./start-redis.ts";
import { waitUntil } from "./wait-until.ts";

const STEP_MS = 250;

/** A board that several registries share, in time that a test moves. */
export interface TestBoard {
  /** Empties it, and makes it reachable. */
  begin(): Promise<void>;
  /** As this process sees it. */
  of(processId: string): PresenceBoard;
  /** Nobody reaches it until `mend`. */
  cut(): void;
  /** It takes questions and answers none, until `mend`. */
  silence(): void;
  mend(): void;
  flush(): Promise<void>;
}

let redis: TestRedis;
let link: RedisLink;
let asked = 0;

class WatchedBoard implements TestBoard {
  #isCut = false;
  #silence: Promise<void> | null = null;
  #endSilence = (): void => {};
  readonly #open: (processId: string) => PresenceBoard;
  readonly #empty: () => Promise<void>;

  constructor(open: (processId: string) => PresenceBoard, empty: () => Promise<void>) {
    this.#open = open;
    this.#empty = empty;
  }

  begin(): Promise<void> {
    this.mend();
    return this.flush();
  }

  flush(): Promise<void> {
    return this.#empty();
  }

  of(processId: string): PresenceBoard {
    return {
      join: () => this.#watch(() => this.#open(processId).join()),
      beat: (entries) => this.#watch(() => this.#open(processId).beat(entries)),
      look: (userIds) => this.#watch(() => this.#open(processId).look(userIds)),
    };
  }

  cut(): void {
    this.#isCut = true;
  }

  silence(): void {
    this.#silence = new Promise((resolve) => {
      this.#endSilence = resolve;
    });
  }

  mend(): void {
    this.#isCut = false;
    this.#silence = null;
    this.#endSilence();
  }

  async #watch<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    await this.#silence;
    asked += 1;
    try {
      if (this.#isCut) throw new Error("The board is away.");
      return await ask();
    } finally {
      asked -= 1;
    }
  }
}

let memory = new MemoryPresenceBoard(systemClock);
const overMemory = new WatchedBoard(
  (processId) => memory.of(processId),
  async () => {
    memory = new MemoryPresenceBoard(systemClock);
  },
);
const overRedis = new WatchedBoard(
  (processId) => createRedisPresenceBoard(link, processId, Date.now),
  () => redis.flushAll(),
);

/** The drivers, by name. */
export const boards: [string, TestBoard][] = withoutRedis
  ? [["shared memory", overMemory]]
  : [
      ["shared memory", overMemory],
      ["Redis", overRedis],
    ];

/** In this block time stands until `pass`, and there is a Redis. */
export function useStandingTime(): void {
  beforeAll(async () => {
    if (withoutRedis) return;
    redis = await startRedis();
    link = connectRedis(redis.url, pino({ level: "silent" }));
    await waitUntil(() => link.run(redisScript("return 1"), []).catch(() => null), { what: "Redis answers" });
  });
  afterAll(async () => {
    if (withoutRedis) return;
    link.close();
    await redis.stop();
  });
  beforeEach(() => {
    const toFake = ["Date", "setTimeout", "clearTimeout", "setInterval", "clearInterval"] as const;
    vi.useFakeTimers({ toFake: [...toFake] });
  });
  afterEach(() => void vi.useRealTimers());
}

/** Lets time pass in small steps, each with all that it sets off. */
export async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= STEP_MS) {
    vi.advanceTimersByTime(Math.min(STEP_MS, left));
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let calm = 0; calm < 3; calm += asked === 0 ? 1 : -calm) await new Promise((resolve) => setImmediate(resolve));
}
