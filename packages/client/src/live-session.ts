import type { CommandInput, CommandName, CommandResult, ServerEvent } from "@parley/protocol";
import type { ChatError } from "./chat-error.ts";
import type { Clock } from "./clock.ts";
import type { TokenSource } from "./token-source.ts";

/** A live connection, from opening to its end; it never comes back by itself. */
export interface LiveSession {
  readonly isOpen: boolean;
  /** Resolves with the acknowledgement; rejects with a `ChatError`, without a problem when none came. */
  request<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandResult<Name>>;
  /** Ends it; no handler is called any more. */
  close(): void;
}

export interface SessionPorts {
  readonly url: string;
  readonly clock: Clock;
  readonly tokens: TokenSource;
}

export interface SessionHandlers {
  opened(): void;
  /** It could not be opened; with the server's problem when it was the server who refused. */
  failed(error: ChatError): void;
  /** It was open and ended. `afterMs`: how long the server asked to stay away, null when it did not. */
  ended(afterMs: number | null): void;
  event(event: ServerEvent): void;
}

/** `token`: the one to open it with, on its way; null: the cookie speaks. */
export type OpenSession = (
  ports: SessionPorts,
  token: Promise<string | null>,
  handlers: SessionHandlers,
) => LiveSession;
