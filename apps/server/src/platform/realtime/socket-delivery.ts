import type { EventName } from "@parley/protocol";
import { PacketType } from "socket.io-parser";
import type { UserActor } from "../../features/auth/actor.ts";
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
  endConnections(userId: string, isOver: (actor: UserActor) => boolean): void;
}

/**
 * What a connection that does not keep up may miss: it is told again soon anyway. Socket.IO's own `volatile` is of no
 * use here, it drops whatever follows another packet in the same tick.
 */
const EPHEMERAL: ReadonlySet<EventName> = new Set<EventName>(["typing:updated", "presence:updated"]);

/** Delivers to the sockets of this process: one broadcast to many rooms, so that they share one frame. */
export function createSocketDelivery({ io, metrics, revocations }: DeliveryDeps): SocketDelivery {
  const { adapter, sockets } = io.of("/");
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
      const packet: FramePacket = { type: PacketType.EVENT, nsp: "/", data: [frame.name], frame: frame.text };
      adapter.broadcast(packet, { rooms: new Set(open), except: exceptionsOf(to, frame), flags: {} });
      const receivers = open.reduce((sum, room) => sum + (members.get(room)?.size ?? 0), 0);
      metrics.fannedOut(frame.name, receivers);
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
    endConnections: (userId, isOver) => {
      for (const id of [...(members.get(userRoom(userId)) ?? [])]) {
        const session = sockets.get(id)?.data.session;
        if (session !== undefined && isOver(session.actor)) session.end();
      }
    },
  };
}

function exceptionsOf(to: Receivers, frame: EventFrame): Set<string> {
  const rooms = new Set<string>();
  if (to.kind === "open" && to.exceptUserId !== undefined) rooms.add(userRoom(to.exceptUserId));
  if (EPHEMERAL.has(frame.name)) rooms.add(SLOW_ROOM);
  return rooms;
}
