import { SmallSocket } from "./small-socket.ts";
import type { SocketSettings } from "./socket-settings.ts";

/**
 * In the place of `socket.io-client`, for what Parley's client asks of it: one WebSocket, no reconnecting. A tenth of its
 * size; where no WebSocket can be had, the real one is loaded for long polling.
 */
export function io(url: string, settings: SocketSettings): SmallSocket {
  return new SmallSocket(url, settings);
}
