import { createClient } from "redis";

export type RedisClient = ReturnType<typeof openRedisClient>;

/** Without a word for so long, in either direction, a connection is given up and made anew. */
const SILENT_MS = 4_000;
const CONNECT_WITHIN_MS = 2_000;
const FIRST_RETRY_MS = 50;
const MAX_RETRY_MS = 1_000;

/**
 * A connection that is made in the background, again and again: nothing waits for it. While Redis is away commands are
 * refused at once, none is kept for later.
 * @param onError hears every failure, also those of the attempts between
 */
export function openRedisClient(url: string, onError: (error: unknown) => void) {
  const client = createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: CONNECT_WITHIN_MS,
      socketTimeout: SILENT_MS,
      reconnectStrategy: (retries) => Math.min(FIRST_RETRY_MS * 2 ** retries, MAX_RETRY_MS),
    },
  });
  client.on("error", onError);
  client.connect().catch(() => {});
  return client;
}
