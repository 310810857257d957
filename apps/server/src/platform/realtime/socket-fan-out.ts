import type { EventName, EventPayload } from "@parley/protocol";
import type { Metrics } from "../metrics.ts";
import type { FanOut } from "./fan-out.ts";
import type { Revocations } from "./revocations.ts";
import { conversationRoom, SLOW_ROOM, userOfRoom, userRoom } from "./rooms.ts";
import type { SocketServer } from "./socket-server.ts";

interface FanOutDeps {
  io: SocketServer;
  metrics: Pick<Metrics, "fannedOut">;
  revocations: Revocations;
}

/**
 * What a connection that does not keep up may miss: it is told again soon anyway. Socket.IO's own `volatile` is of no
 * use here, it drops whatever follows another packet in the same tick.
 */
const EPHEMERAL: ReadonlySet<EventName> = new Set<EventName>(["typing:updated", "presence:updated"]);

/** Fan-out to the sockets of this process: one emit to many rooms, so that Socket.IO encodes the frame once. */
export function createSocketFanOut({ io, metrics, revocations }: FanOutDeps): FanOut {
  const { rooms: members } = io.of("/").adapter;

  function emit<Name extends EventName>(rooms: string[], name: Name, payload: EventPayload<Name>, except?: string) {
    const open = rooms.filter((room) => members.has(room));
    // Socket.IO takes "to no room" for "to everybody".
    if (open.length === 0) return;
    const skipped = [...(except === undefined ? [] : [except]), ...(EPHEMERAL.has(name) ? [SLOW_ROOM] : [])];
    io.to(open).except(skipped).emit(name, payload);
    metrics.fannedOut(
      name,
      open.reduce((sum, room) => sum + (members.get(room)?.size ?? 0), 0),
    );
  }

  const isConnected = (userId: string): boolean => members.has(userRoom(userId));

  return {
    toUsers: (userIds, name, payload) => emit(userIds.map(userRoom), name, payload),
    toParticipants: (conversationId, userIds, name, payload) =>
      emit(revocations.without(conversationId, userIds).map(userRoom), name, payload),
    toOpenConversation: (conversationId, name, payload, exceptUserId) =>
      emit(
        [conversationRoom(conversationId)],
        name,
        payload,
        exceptUserId === undefined ? undefined : userRoom(exceptUserId),
      ),
    revoke: (conversationId, userId, version) => {
      revocations.add(conversationId, userId, version);
      if (!revocations.has(conversationId, userId)) return;
      io.in(userRoom(userId)).socketsLeave(conversationRoom(conversationId));
    },
    grant: (conversationId, userId, version) => revocations.remove(conversationId, userId, version),
    connected: (userIds) => userIds.filter(isConnected),
    allConnected: () => [...members.keys()].flatMap((room) => userOfRoom(room) ?? []),
  };
}
