import { startRedis, type TestRedis } from "./start-redis.ts";
import { startServer, type TestServer } from "./start-server.ts";
import { waitUntil } from "./wait-until.ts";

/** Two servers that are one system: one database, one Redis. */
export interface TestServers {
  readonly one: TestServer;
  readonly other: TestServer;
  readonly redis: TestRedis;
  /** Resolves when events pass between them (again). */
  whole(): Promise<void>;
  stop(): Promise<void>;
}

export async function startServers(options: Parameters<typeof startServer>[0] = {}): Promise<TestServers> {
  const redis = await startRedis();
  const one = await startServer({ ...options, redisUrl: redis.url });
  const other = await startServer({ ...options, redisUrl: redis.url, database: one.database });
  const whole = async () => {
    await waitUntil(() => [one, other].every(({ app }) => app.deps.processBus.isWhole), {
      withinMs: 15_000,
      what: "events pass between the servers",
    });
  };
  await whole();
  return {
    one,
    other,
    redis,
    whole,
    stop: async () => {
      redis.resume();
      await other.stop();
      await one.stop();
      await redis.stop();
    },
  };
}
