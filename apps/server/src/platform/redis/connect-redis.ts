import { createHash } from "node:crypto";
import { createClient, type RedisClientType } from "redis";
import type { Logger } from "../logger.ts";

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
  close(): void;
}

/** Without a word for so long (there is a ping each second) the connection is given up and made anew. */
const SILENT_MS = 3_000;
const PING_MS = 1_000;
const CONNECT_WITHIN_MS = 2_000;
const MAX_RETRY_MS = 1_000;

/** Connects in the background, again and again: nothing waits for it. */
export function connectRedis(url: string, logger: Pick<Logger, "warn" | "info">): RedisLink {
  const client: RedisClientType = createClient({
    url,
    // What cannot be asked now is decided without Redis, not later.
    disableOfflineQueue: true,
    pingInterval: PING_MS,
    socket: {
      connectTimeout: CONNECT_WITHIN_MS,
      socketTimeout: SILENT_MS,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, MAX_RETRY_MS),
    },
  });
  reportAbsence(client, logger);
  client.connect().catch(() => {});
  return {
    run: (script, args) => runScript(client, script, args),
    close: () => client.destroy(),
  };
}

/** Says once that Redis is away, and once that it is back, however many attempts lie between. */
function reportAbsence(client: RedisClientType, logger: Pick<Logger, "warn" | "info">): void {
  let isAway = false;
  client.on("error", (err: unknown) => {
    if (!isAway) logger.warn({ err }, "Redis is away: presence and budgets are kept by this process alone");
    isAway = true;
  });
  client.on("ready", () => {
    if (isAway) logger.info("Redis is back");
    isAway = false;
  });
}

async function runScript(client: RedisClientType, { text, sha }: RedisScript, args: readonly string[]) {
  if (!client.isReady) throw new Error("Redis is away.");
  try {
    return await client.sendCommand(["EVALSHA", sha, "0", ...args]);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
    return client.sendCommand(["EVAL", text, "0", ...args]);
  }
}
