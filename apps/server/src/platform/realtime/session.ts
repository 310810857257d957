import type { Actor, UserActor } from "../../features/auth/actor.ts";
import type { Connection } from "./command-handler.ts";
import type { CommandBudget } from "./command-rate.ts";

/** Says who a token speaks for. Throws AppError `unauthenticated`, `token_expired` or `unavailable`. */
export type Authenticate = (token: string) => Promise<Actor>;

/** One admitted socket: who it belongs to, until when, and how it has behaved. */
export interface Session extends Connection, CommandBudget {
  readonly actor: UserActor;
  unknownCommands: number;
  floodedCommands: number;
  commandsInFlight: number;
  /** Ends the connection from our side; a plain Socket.IO client does not come back by itself. */
  end(): void;
}
