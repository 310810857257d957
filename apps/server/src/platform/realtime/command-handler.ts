import type { CommandInput, CommandName, CommandResult } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import type { UserActor } from "../../features/auth/actor.ts";

/** One live socket, as far as commands may touch it. */
export interface Connection {
  readonly id: string;
  /** Enters the room of an open conversation (the caller has checked that the person takes part). */
  join(conversationId: string): void;
  leave(conversationId: string): void;
  /** Whether this connection is in the room of that conversation. */
  hasJoined(conversationId: string): boolean;
  /** Goes on as this actor, with a new end. */
  renew(actor: UserActor): void;
}

/** One command: call the use case, say what came of it. Refusals are thrown as AppError. */
export type CommandHandler<Name extends CommandName> = (
  deps: Deps,
  context: { actor: UserActor; connection: Connection },
  input: CommandInput<Name>,
) => Promise<CommandResult<Name>>;

export type CommandHandlers<Names extends CommandName = CommandName> = { [Name in Names]: CommandHandler<Name> };
