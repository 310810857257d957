import type { ServerEvent } from "@parley/protocol";
import { asProblem } from "./http.ts";
import { SmallSocket } from "./small-socket.ts";
import type { OpenSocket } from "./socket.ts";

/** How long a socket may take to open, in milliseconds. */
const openingMs = 5_000;

/** The real socket: WebSocket first, then long polling. Reconnecting is the connection's work, so it is off here. */
export const openSocketIo: OpenSocket = (url, token, handlers) => {
  const socket = new SmallSocket(url, {
    timeout: openingMs,
    withCredentials: token === null,
    ...(token === null ? {} : { auth: { token } }),
  });
  socket.on("connect", () => handlers.opened());
  socket.on("connect_error", (error) => {
    socket.disconnect();
    handlers.refused(asProblem(dataOf(error)));
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

/** What the server said when it refused. */
const dataOf = (error: unknown): unknown => (error instanceof Error && "data" in error ? error.data : null);
