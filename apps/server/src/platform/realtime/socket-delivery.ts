import type { EventName } from "@parley/protocol";
import type { UserActor } from "../../features/auth/actor.ts";
import type { AccessChange, Receivers } from "../cluster/process-bus.ts";
import type { Metrics } from "../metrics.ts";
import type { EventFrame, SharedFrame } from "./event-frame.ts";
import type { Revocations } from "./revocations.ts";
import { conversationRoom, SLOW_ROOM, userOfRoom, userRoom } from "./rooms.ts";
import type { LiveSocket, SocketServer } from "./socket-server.ts";

interface DeliveryDeps {
  io: SocketServer;
  metrics: Pick<Metrics, "fannedOut">;
  revocations: Revocations;
}

/** Engine.IO's connection, with the option that its types keep to themselves. */
interface SharingConnection {
  write(data: string, options: SharedFrame): void;
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

/**
 * Delivers to the sockets of this process: all of them share one frame. Not by Socket.IO's broadcast, which makes a set of
 * all receivers for each event and encodes it by itself.
 */
export function createSocketDelivery({ io, metrics, revocations }: DeliveryDeps): SocketDelivery {
  const { adapter, sockets } = io.of("/");
  const members = adapter.rooms;

  /** @returns the number of receivers */
  const write = (room: string, frame: EventFrame, isSkipped: (socket: LiveSocket) => boolean): number => {
    let receivers = 0;
    for (const id of members.get(room) ?? []) {
      const socket = sockets.get(id);
      if (socket === undefined || isSkipped(socket)) continue;
      receivers += 1;
      (socket.conn as unknown as SharingConnection).write(frame.text, frame.shared);
    }
    return receivers;
  };

  return {
    deliver: (to, frame) => {
      const isSkipped = skipping(to, frame);
      let receivers = 0;
      for (const room of roomsOf(to, revocations)) receivers += write(room, frame, isSkipped);
      if (receivers > 0) metrics.fannedOut(frame.name, receivers);
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

/** Each once. */
function roomsOf(to: Receivers, revocations: Revocations): Iterable<string> {
  if (to.kind === "open") return [conversationRoom(to.conversationId)];
  const { userIds } = to;
  return new Set((to.kind === "users" ? userIds : revocations.without(to.conversationId, userIds)).map(userRoom));
}

/** Who of the receivers does not get it after all. */
function skipping(to: Receivers, { name }: EventFrame): (socket: LiveSocket) => boolean {
  const rooms: string[] = [];
  if (to.kind === "open" && to.exceptUserId !== undefined) rooms.push(userRoom(to.exceptUserId));
  if (EPHEMERAL.has(name)) rooms.push(SLOW_ROOM);
  return rooms.length === 0 ? () => false : (socket) => rooms.some((room) => socket.rooms.has(room));
}
