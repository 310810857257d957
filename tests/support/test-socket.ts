import type { CommandInput, CommandName, CommandResult, Problem, ServerEvent } from "@parley/protocol";
import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import { Refused } from "./http-caller.ts";
import { waitUntil } from "./wait-until.ts";

export type Acknowledgement<Name extends CommandName> =
  | ({ ok: true } & CommandResult<Name>)
  | { ok: false; error: Problem };

const ANSWER_WITHIN_MS = 10_000;

/** A plain Socket.IO client that keeps everything it hears. */
export interface TestSocket {
  readonly io: Socket;
  /** Every event, oldest first. */
  readonly events: ServerEvent[];
  /** Runs a command that must succeed; throws `Refused`. */
  ask<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandResult<Name>>;
  /** Sends anything, and resolves with the acknowledgement. */
  raw<Name extends CommandName>(name: Name, ...payload: unknown[]): Promise<Acknowledgement<Name>>;
  /** The first event of that name that fits, once it is there. */
  heard<Name extends ServerEvent["name"]>(
    name: Name,
    fits?: (payload: Extract<ServerEvent, { name: Name }>["payload"]) => boolean,
  ): Promise<Extract<ServerEvent, { name: Name }>["payload"]>;
  close(): void;
}

/** Connects; rejects with `Refused` when the server does not let it in. */
export async function openTestSocket(
  url: string,
  token: string | null,
  options: Partial<ManagerOptions & SocketOptions> = {},
): Promise<TestSocket> {
  const socket = io(url, {
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    ...(token !== null && { auth: { token } }),
    ...options,
  });
  const events: ServerEvent[] = [];
  socket.onAny((name: string, payload: unknown) => events.push({ name, payload } as ServerEvent));
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", (error) => {
      socket.disconnect();
      reject("data" in error && error.data !== undefined ? new Refused(error.data as Problem) : error);
    });
  });
  const raw: TestSocket["raw"] = (name, ...payload) =>
    socket.timeout(ANSWER_WITHIN_MS).emitWithAck(name, ...payload) as Promise<Acknowledgement<typeof name>>;
  return {
    io: socket,
    events,
    raw,
    ask: async (name, input) => {
      const answer = await raw(name, input);
      if (!answer.ok) throw new Refused(answer.error);
      return answer;
    },
    heard: async (name, fits = () => true) => {
      const isIt = (event: ServerEvent) => event.name === name && fits(event.payload as never);
      const event = await waitUntil(() => events.find(isIt), { what: `${name} is heard` });
      return event.payload as never;
    },
    close: () => void socket.disconnect(),
  };
}
