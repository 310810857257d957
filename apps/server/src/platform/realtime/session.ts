import type { Actor, UserActor } from "../../features/auth/actor.ts";
import { AppError, notFound } from "../app-error.ts";
import type { Connection } from "./command-handler.ts";
import type { Revocations } from "./revocations.ts";
import { conversationRoom } from "./rooms.ts";
import type { LiveSocket } from "./socket-server.ts";

/** Says who a token speaks for. Throws AppError `unauthenticated`, `token_expired` or `unavailable`. */
export type Authenticate = (token: string) => Promise<Actor>;

/** One admitted socket: who it belongs to, until when, and how it has behaved. */
export interface Session extends Connection {
  readonly actor: UserActor;
  unknownCommands: number;
  floodedCommands: number;
  commandsInFlight: number;
  /** Ends the connection from our side; a plain Socket.IO client does not come back by itself. */
  end(): void;
}

interface SessionParts {
  readonly socket: LiveSocket;
  readonly actor: UserActor;
  readonly authenticate: Authenticate;
  readonly revocations: Revocations;
  readonly onRefreshed: (session: Session) => void;
}

export function createSession({ socket, actor, authenticate, revocations, onRefreshed }: SessionParts): Session {
  let current = actor;
  const session: Session = {
    id: socket.id,
    unknownCommands: 0,
    floodedCommands: 0,
    commandsInFlight: 0,
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
