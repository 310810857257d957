import type { CommandInput, CommandName, CommandResult, Problem, ServerEvent } from "@parley/protocol";

export type Acknowledgement<Name extends CommandName> =
  | ({ ok: true } & CommandResult<Name>)
  | { ok: false; error: Problem };

export interface SocketHandlers {
  opened(): void;
  /** It never opened: refused by the server with a problem, or not reached (null). */
  refused(problem: Problem | null): void;
  /** It was open, and is not any more. */
  closed(): void;
  event(event: ServerEvent): void;
}

/** One live socket, from opening to closing; it never reconnects by itself. */
export interface Socket {
  /** `acknowledge` may never be called. */
  emit<Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
    acknowledge: (answer: Acknowledgement<Name>) => void,
  ): void;
  /** No handler is called afterwards. */
  close(): void;
}

/** Opens a socket at the server's origin. `token` null: the cookie speaks. */
export type OpenSocket = (url: string, token: string | null, handlers: SocketHandlers) => Socket;
