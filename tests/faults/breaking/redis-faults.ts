import { setTimeout as sleep } from "node:timers/promises";
import type { TestRedis } from "../../support/start-redis.ts";
import type { Random } from "../world/random.ts";
import type { Fault } from "./fault.ts";

const withRedis = (name: string, breakIt: (redis: TestRedis, random: Random) => Promise<unknown>): Fault => ({
  name,
  needs: "Redis",
  breakIt: async ({ world, random }) => {
    if (world.redis === null) throw new Error(`There is no Redis: "${name}" cannot happen.`);
    await breakIt(world.redis, random);
    return null;
  },
});

export const redisFaults: readonly Fault[] = [
  withRedis("Redis does not answer", async (redis, random) => {
    redis.pause();
    await sleep(random.between(500, 4_000));
    redis.resume();
  }),
  withRedis("Redis is killed, and starts empty", async (redis, random) => {
    await redis.kill();
    await sleep(random.between(100, 3_000));
    await redis.restart();
  }),
  withRedis("Redis is flushed", (redis) => redis.flushAll()),
  withRedis("Redis cuts its clients off for not reading", async (redis) => {
    // What a slow reader meets: its buffer is full, and the connection is gone.
    await redis.command(["CONFIG", "SET", "client-output-buffer-limit", "normal 1 1 1 pubsub 1 1 1"]);
    await sleep(500);
    await redis.command(["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]);
    await sleep(500);
    await redis.command(["CONFIG", "SET", "client-output-buffer-limit", "normal 0 0 0 pubsub 33554432 8388608 60"]);
  }),
];
