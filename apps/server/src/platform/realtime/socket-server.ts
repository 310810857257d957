import type { DefaultEventsMap, Server, Socket } from "socket.io";
import type { Session } from "./session.ts";

interface SocketData {
  /** Set when the handshake was admitted. */
  session: Session;
}

export type SocketServer = Server<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>;
export type LiveSocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>;
/** The Engine.IO connection below a socket. */
export type RawConnection = LiveSocket["conn"];
