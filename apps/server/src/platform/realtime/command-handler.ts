import type { CommandInput, CommandName, CommandResult } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import type { UserActor } from "../../features/auth/actor.ts";

/** One live socket, as far as commands may touch it. */
export interface Connection {
  readonly id: string;
  /**
   * Enters the room of an open conversation (the caller has checked that the person takes part).
   * @throws AppError `not_found` when the person lost access since that check
   */
  join(conversationId: string): void;
  leave(conversationId: string): void;
  /** Whether this connection is in the room of that conversation. */
  hasJoined(conversationId: string): boolean;
  /**
   * Goes on with a new token of the same person, until that one's end.
   * @returns the actor with the new end
   * @throws AppError `unauthenticated`, `token_expired`, or `forbidden` when the token is another person's
   */
  refresh(token: string): Promise<UserActor>;
}

/** One command: call the use case, say what came of it. Refusals are thrown as AppError. */
export type CommandHandler<Name extends CommandName> = (
  deps: Deps,
  context: { actor: UserActor; connection: Connection },
  input: CommandInput<Name>,
) => Promise<CommandResult<Name>>;

export type CommandHandlers<Names extends CommandName = CommandName> = { [Name in Names]: CommandHandler<Name> };
