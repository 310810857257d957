import type { AccessChange, ProcessBus, Receivers } from "../cluster/process-bus.ts";
import { EventFrame } from "./event-frame.ts";
import type { FanOut, Telling } from "./fan-out.ts";
import type { SocketDelivery } from "./socket-delivery.ts";

type Deliver = (to: Receivers, frame: EventFrame) => void;
type ChangeAccess = (change: AccessChange) => void;

/**
 * Fan-out to the sockets of this process, at once, and then over the bus to those of the others. What others tell is
 * filtered again by what this process knows of revocations.
 */
export function createFanOut(sockets: SocketDelivery, processBus: ProcessBus): FanOut {
  processBus.onNote((note) => {
    if (note.kind === "event") sockets.deliver(note.to, note.frame);
    else if (note.kind === "access") sockets.changeAccess(note);
  });
  const everywhere = telling(
    (to, frame) => {
      sockets.deliver(to, frame);
      processBus.publish({ kind: "event", to, frame });
    },
    (change) => {
      sockets.changeAccess(change);
      processBus.publish({ kind: "access", ...change });
    },
  );
  return {
    ...everywhere,
    here: telling(sockets.deliver, sockets.changeAccess),
    connected: (userIds) => userIds.filter(sockets.isConnected),
    allConnected: sockets.allConnected,
    endConnections: sockets.endConnections,
  };
}

const telling = (deliver: Deliver, changeAccess: ChangeAccess): Telling => ({
  toUsers: (userIds, name, payload) => deliver({ kind: "users", userIds }, EventFrame.of(name, payload)),
  toParticipants: (conversationId, userIds, name, payload) =>
    deliver({ kind: "participants", conversationId, userIds }, EventFrame.of(name, payload)),
  toOpenConversation: (conversationId, name, payload, exceptUserId) =>
    deliver(
      { kind: "open", conversationId, ...(exceptUserId !== undefined && { exceptUserId }) },
      EventFrame.of(name, payload),
    ),
  revoke: (conversationId, userId, version) => changeAccess({ conversationId, userId, version, revoked: true }),
  grant: (conversationId, userId, version) => changeAccess({ conversationId, userId, version, revoked: false }),
});
