import type { ServerEvent } from "@parley/protocol";
import { io } from "socket.io-client";
import { asProblem } from "./http.ts";
import type { OpenSocket } from "./socket.ts";

/** How long a socket may take to open, in milliseconds. */
const openingMs = 5_000;

/** The real socket: WebSocket first, then long polling. Reconnecting is the connection's work, so it is off here. */
export const openSocketIo: OpenSocket = (url, token, handlers) => {
  const socket = io(url, {
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnection: false,
    forceNew: true,
    timeout: openingMs,
    withCredentials: token === null,
    ...(token === null ? {} : { auth: { token } }),
  });
  socket.on("connect", () => handlers.opened());
  socket.on("connect_error", (error) => {
    socket.disconnect();
    handlers.refused(asProblem("data" in error ? error.data : null));
  });
  socket.on("disconnect", () => handlers.closed());
  socket.onAny((name: string, payload: unknown) => handlers.event({ name, payload } as ServerEvent));
  return {
    emit: (name, input, acknowledge) => {
      // What is not sent now is sent again by its own author, not by a queue that nobody sees.
      if (socket.connected) socket.emit(name, input, acknowledge);
    },
    close: () => {
      socket.off();
      socket.offAny();
      socket.disconnect();
    },
  };
};
