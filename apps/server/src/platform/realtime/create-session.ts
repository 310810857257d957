import type { Actor, UserActor } from "../../features/auth/actor.ts";
import { AppError, notFound } from "../app-error.ts";
import type { Revocations } from "./revocations.ts";
import { conversationRoom } from "./rooms.ts";
import type { Authenticate, Session } from "./session.ts";
import type { LiveSocket } from "./socket-server.ts";

interface SessionParts {
  readonly socket: LiveSocket;
  readonly actor: UserActor;
  readonly authenticate: Authenticate;
  readonly revocations: Revocations;
  readonly onRefreshed: (session: Session) => void;
}

/** The session of a socket that was admitted as `actor`. */
export function createSession({ socket, actor, authenticate, revocations, onRefreshed }: SessionParts): Session {
  let current = actor;
  const session: Session = {
    id: socket.id,
    unknownCommands: 0,
    floodedCommands: 0,
    commandsInFlight: 0,
    commandsUsedUntil: 0,
    get actor() {
      return current;
    },
    join: (conversationId) => {
      if (revocations.has(conversationId, current.userId)) throw notFound();
      void socket.join(conversationRoom(conversationId));
    },
    leave: (conversationId) => void socket.leave(conversationRoom(conversationId)),
    hasJoined: (conversationId) => socket.rooms.has(conversationRoom(conversationId)),
    refresh: async (token) => {
      const renewed = requirePerson(await authenticate(token));
      if (renewed.userId !== current.userId) {
        throw new AppError("forbidden", { detail: "The token belongs to somebody else. Open a connection for them." });
      }
      // Its time may have run out while the new token was looked at.
      if (!socket.connected) throw new AppError("token_expired");
      current = renewed;
      onRefreshed(session);
      return renewed;
    },
    end: () => void socket.disconnect(true),
  };
  return session;
}

/** Sockets are for people: the host with its key speaks over HTTP alone. */
export function requirePerson(actor: Actor): UserActor {
  if (actor.kind === "user") return actor;
  throw new AppError("unauthenticated", { detail: "A socket needs the token of a person." });
}
