import type { DomainEventBus } from "../domain-events.ts";
import type { Logger } from "../logger.ts";
import type { Metrics } from "../metrics.ts";
import { countSockets } from "./admit-sockets.ts";
import { boundOutBuffer, wasCutOff } from "./bound-out-buffer.ts";
import type { RealtimeState } from "./realtime-state.ts";
import { userRoom } from "./rooms.ts";
import type { RunCommand } from "./run-command.ts";
import type { LiveSocket } from "./socket-server.ts";

interface WelcomeDeps {
  readonly metrics: Pick<Metrics, "connectionOpened" | "connectionClosed">;
  readonly bus: DomainEventBus;
  readonly logger: Pick<Logger, "info">;
}

/** Takes an admitted socket in: from here on it hears what goes to its user, and its commands run. */
export function welcomeSocket(
  { metrics, bus, logger }: WelcomeDeps,
  { io, limits, expiry, pending }: RealtimeState,
  run: RunCommand,
  socket: LiveSocket,
): void {
  const { conn } = socket;
  const { session } = socket.data;
  const { userId } = session.actor;
  const who = { userId, connectionId: socket.id };
  pending.delete(conn);
  // The request of the handshake would live as long as the socket.
  (conn as { request: unknown }).request = null;
  if (countSockets(io, userId) >= limits.socketsPerUser) {
    // Several handshakes of one person passed the count side by side.
    session.end();
    return;
  }
  boundOutBuffer(socket, limits);
  expiry.schedule(session, session.actor.expiresAt);
  socket.onAny((...event: unknown[]) => void run(session, event));
  conn.on("heartbeat", () => bus.emit("connectionAlive", who));
  metrics.connectionOpened(conn.transport.name);
  socket.on("disconnect", (reason) => {
    expiry.cancel(session);
    const isSlow = wasCutOff(socket);
    metrics.connectionClosed(isSlow ? "slow reader" : reason);
    if (isSlow) logger.info(who, "A connection that does not read was closed; it comes back and catches up");
    bus.emit("connectionClosed", who);
  });
  void socket.join(userRoom(userId));
  bus.emit("connectionOpened", who);
}
