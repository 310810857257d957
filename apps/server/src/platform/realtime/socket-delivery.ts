import type { EventName } from "@parley/protocol";
import { PacketType } from "socket.io-parser";
import type { AccessChange, Receivers } from "../cluster/process-bus.ts";
import type { Metrics } from "../metrics.ts";
import type { EventFrame } from "./event-frame.ts";
import type { FramePacket } from "./frame-encoder.ts";
import type { Revocations } from "./revocations.ts";
import { conversationRoom, SLOW_ROOM, userOfRoom, userRoom } from "./rooms.ts";
import type { SocketServer } from "./socket-server.ts";

interface DeliveryDeps {
  io: SocketServer;
  metrics: Pick<Metrics, "fannedOut">;
  revocations: Revocations;
}

/** The sockets of this process, as the fan-out sees them. */
export interface SocketDelivery {
  deliver(to: Receivers, frame: EventFrame): void;
  changeAccess(change: AccessChange): void;
  isConnected(userId: string): boolean;
  allConnected(): string[];
}

/**
 * What a connection that does not keep up may miss: it is told again soon anyway. Socket.IO's own `volatile` is of no
 * use here, it drops whatever follows another packet in the same tick.
 */
const EPHEMERAL: ReadonlySet<EventName> = new Set<EventName>(["typing:updated", "presence:updated"]);

/** Delivers to the sockets of this process: one broadcast to many rooms, so that they share one frame. */
export function createSocketDelivery({ io, metrics, revocations }: DeliveryDeps): SocketDelivery {
  const { adapter } = io.of("/");
  const members = adapter.rooms;

  const roomsOf = (to: Receivers): string[] => {
    if (to.kind === "open") return [conversationRoom(to.conversationId)];
    const { userIds } = to;
    return (to.kind === "users" ? userIds : revocations.without(to.conversationId, userIds)).map(userRoom);
  };

  return {
    deliver: (to, frame) => {
      const open = roomsOf(to).filter((room) => members.has(room));
      // Socket.IO takes "to no room" for "to everybody".
      if (open.length === 0) return;
      const except = new Set<string>();
      if (to.kind === "open" && to.exceptUserId !== undefined) except.add(userRoom(to.exceptUserId));
      if (EPHEMERAL.has(frame.name)) except.add(SLOW_ROOM);
      const packet: FramePacket = { type: PacketType.EVENT, nsp: "/", data: [frame.name], frame: frame.text };
      adapter.broadcast(packet, { rooms: new Set(open), except, flags: {} });
      metrics.fannedOut(
        frame.name,
        open.reduce((sum, room) => sum + (members.get(room)?.size ?? 0), 0),
      );
    },
    changeAccess: ({ conversationId, userId, version, revoked }) => {
      if (!revoked) {
        revocations.remove(conversationId, userId, version);
        return;
      }
      revocations.add(conversationId, userId, version);
      if (!revocations.has(conversationId, userId)) return;
      io.in(userRoom(userId)).socketsLeave(conversationRoom(conversationId));
    },
    isConnected: (userId) => members.has(userRoom(userId)),
    allConnected: () => [...members.keys()].flatMap((room) => userOfRoom(room) ?? []),
  };
}
