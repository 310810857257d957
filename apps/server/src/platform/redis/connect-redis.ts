import { createHash } from "node:crypto";
import type { Logger } from "../logger.ts";
import { openRedisClient, type RedisClient } from "./open-redis-client.ts";

/** A Lua script, known to Redis by the hash of its text. */
export interface RedisScript {
  readonly text: string;
  readonly sha: string;
}

export const redisScript = (text: string): RedisScript => ({
  text,
  sha: createHash("sha1").update(text).digest("hex"),
});

/** Scripts on one connection; what is asked in one tick goes out together. */
export interface RedisLink {
  /**
   * Runs a script and resolves with what it returns. Rejects at once while Redis is away; a Redis that has fallen silent counts as
   * away after a few seconds.
   */
  run(script: RedisScript, args: readonly string[]): Promise<unknown>;
  readonly isReady: boolean;
  close(): void;
}

/** Connects in the background, again and again: nothing waits for it. */
export function connectRedis(url: string, logger: Pick<Logger, "warn" | "info">): RedisLink {
  let isAway = false;
  const client = openRedisClient(url, (err) => {
    if (!isAway) logger.warn({ err }, "Redis is away: presence and budgets are kept by this process alone");
    isAway = true;
  });
  client.on("ready", () => {
    if (isAway) logger.info("Redis is back");
    isAway = false;
  });
  return {
    run: (script, args) => runScript(client, script, args),
    get isReady() {
      return client.isReady;
    },
    close: () => client.destroy(),
  };
}

async function runScript(client: RedisClient, { text, sha }: RedisScript, args: readonly string[]) {
  if (!client.isReady) throw new Error("Redis is away.");
  try {
    return await client.sendCommand(["EVALSHA", sha, "0", ...args]);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
    return client.sendCommand(["EVAL", text, "0", ...args]);
  }
}
