import { io, type Socket } from "socket.io-client";
import type { SocketSettings } from "./socket-settings.ts";

/** Socket.IO's own client: for networks that let no WebSocket through, and where there is none but its own, as in Node 20. */
export function connectInFull(url: string, settings: SocketSettings, transports: ("websocket" | "polling")[]): Socket {
  return io(url, {
    ...settings,
    transports,
    tryAllTransports: true,
    upgrade: false,
    reconnection: false,
    forceNew: true,
  });
}
