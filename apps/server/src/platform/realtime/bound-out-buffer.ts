import type { RealtimeLimits } from "./realtime-limits.ts";
import { SLOW_ROOM } from "./rooms.ts";
import type { LiveSocket } from "./socket-server.ts";

/** What a waiting packet costs besides its data, in bytes. */
const PACKET_OVERHEAD = 64;

const cutOffs = new WeakSet<object>();

/** Whether a connection ended because it did not read. */
export const wasCutOff = (socket: LiveSocket): boolean => cutOffs.has(socket.conn);

interface WaitingPacket {
  readonly data?: unknown;
}

/** Engine.IO's connection, with what its types keep to themselves. */
interface BufferedConnection {
  readonly writeBuffer: readonly WaitingPacket[];
  readonly transport: { socket?: { terminate?: () => void } };
  /** Before a packet begins to wait. */
  on(event: "packetCreate", listener: (packet: WaitingPacket) => void): void;
  /** `flush`: all that waits is handed to the transport; `drain`: it was. */
  on(event: "flush" | "drain", listener: () => void): void;
  close(discard: boolean): void;
}

/**
 * Bounds what waits for a connection that does not read. From `slowPackets` on it is in the slow room and gets nothing
 * ephemeral; above `waitingBytes` it is cut off at once, to reconnect and catch up.
 */
export function boundOutBuffer(
  socket: LiveSocket,
  { slowPackets, waitingBytes }: Pick<RealtimeLimits, "slowPackets" | "waitingBytes">,
): void {
  const conn = socket.conn as unknown as BufferedConnection;
  let bytes = conn.writeBuffer.reduce((sum, packet) => sum + sizeOf(packet), 0);
  conn.on("packetCreate", (packet) => {
    bytes += sizeOf(packet);
    if (conn.writeBuffer.length === slowPackets) void socket.join(SLOW_ROOM);
    if (bytes > waitingBytes) cutOff(conn);
  });
  conn.on("flush", () => (bytes = 0));
  conn.on("drain", () => {
    if (socket.rooms.has(SLOW_ROOM)) void socket.leave(SLOW_ROOM);
  });
}

/** Counts a character as a byte: nothing is encoded for the sake of counting. */
const sizeOf = ({ data }: WaitingPacket): number => PACKET_OVERHEAD + (typeof data === "string" ? data.length : 0);

/** A polite end would wait behind what the other side does not read. */
function cutOff(connection: BufferedConnection): void {
  const webSocket = connection.transport.socket;
  cutOffs.add(connection);
  connection.close(true);
  webSocket?.terminate?.();
}
