import { io, type Socket } from "socket.io-client";
import type { SocketSettings } from "./socket-settings.ts";

/** Socket.IO's own client, for networks that let no WebSocket through. */
export function connectByPolling(url: string, settings: SocketSettings): Socket {
  return io(url, { ...settings, transports: ["polling"], upgrade: false, reconnection: false, forceNew: true });
}
