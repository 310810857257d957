import type { RealtimeLimits } from "./realtime-limits.ts";
import { SLOW_ROOM } from "./rooms.ts";
import type { LiveSocket } from "./socket-server.ts";

/** Adding up the waiting bytes is worth it only now and then. */
const PACKETS_BETWEEN_CHECKS = 64;
/** What a waiting packet costs besides its data, in bytes. */
const PACKET_OVERHEAD = 64;

/** Engine.IO's connection, with what its types keep to themselves. */
interface BufferedConnection {
  readonly writeBuffer: readonly { data?: unknown }[];
  readonly transport: { socket?: { terminate?: () => void } };
  on(event: "packetCreate" | "drain", listener: () => void): void;
  close(discard: boolean): void;
}

/**
 * Bounds what waits for a connection that does not read. From `slowPackets` on it is in the slow room and gets nothing
 * ephemeral; at `waitingBytes` it is cut off at once, to reconnect and catch up.
 */
export function boundOutBuffer(
  socket: LiveSocket,
  { slowPackets, waitingBytes }: Pick<RealtimeLimits, "slowPackets" | "waitingBytes">,
): void {
  const conn = socket.conn as unknown as BufferedConnection;
  conn.on("packetCreate", () => {
    const waiting = conn.writeBuffer.length;
    if (waiting < slowPackets) return;
    if (waiting === slowPackets) void socket.join(SLOW_ROOM);
    if (waiting % PACKETS_BETWEEN_CHECKS === 0 && countBytes(conn) > waitingBytes) cutOff(conn);
  });
  conn.on("drain", () => {
    if (socket.rooms.has(SLOW_ROOM)) void socket.leave(SLOW_ROOM);
  });
}

function countBytes({ writeBuffer }: BufferedConnection): number {
  return writeBuffer.reduce<number>(
    (sum, { data }) => sum + PACKET_OVERHEAD + (typeof data === "string" ? data.length : 0),
    0,
  );
}

/** A polite end would wait behind what the other side does not read. */
function cutOff(connection: BufferedConnection): void {
  const webSocket = connection.transport.socket;
  connection.close(true);
  webSocket?.terminate?.();
}
