import type { CommandInput, CommandName, CommandResult, ServerEvent } from "@parley/protocol";
import { ChatError } from "./chat-error.ts";
import type { LiveSession, OpenSession, SessionHandlers, SessionPorts } from "./live-session.ts";
import type { OpenSocket, Socket } from "./socket.ts";

/** How long an acknowledgement may take. */
const acknowledgeMs = 5_000;
/** A socket that neither opens nor fails within this time has failed. */
const openingMs = 12_000;

/** A session over sockets of this kind. */
export const sessionOver =
  (openSocket: OpenSocket): OpenSession =>
  (ports, token, handlers) =>
    new Session(ports, openSocket, token, handlers);

/** One socket from opening to its end: requests with a time limit, the token kept fresh, the server's wish to drain. */
class Session implements LiveSession {
  readonly #ports: SessionPorts;
  readonly #handlers: SessionHandlers;
  readonly #waiting = new Set<(error: ChatError) => void>();
  #socket: Socket | null = null;
  #state: "opening" | "open" | "over" = "opening";
  #openingTimer: unknown = null;
  #refreshTimer: unknown = null;
  #drainTimer: unknown = null;
  #awayUntil: number | null = null;

  constructor(ports: SessionPorts, openSocket: OpenSocket, token: Promise<string | null>, handlers: SessionHandlers) {
    this.#ports = ports;
    this.#handlers = handlers;
    void this.#open(openSocket, token);
  }

  get isOpen(): boolean {
    return this.#state === "open";
  }

  request<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandResult<Name>> {
    const { clock } = this.#ports;
    const socket = this.#socket;
    if (!socket || this.#state !== "open") return Promise.reject(new ChatError("There is no connection.", null));
    return new Promise((resolve, reject) => {
      const settle = () => {
        clock.clearTimeout(timer);
        this.#waiting.delete(fail);
      };
      const fail = (error: ChatError) => {
        settle();
        reject(error);
      };
      const timer = clock.setTimeout(() => fail(new ChatError("The server did not answer.", null)), acknowledgeMs);
      this.#waiting.add(fail);
      socket.emit(name, input, (answer) => {
        settle();
        if (answer.ok) resolve(answer);
        else reject(new ChatError(answer.error.detail ?? answer.error.title, answer.error));
      });
    });
  }

  close(): void {
    this.#state = "over";
    const { clock } = this.#ports;
    for (const timer of [this.#openingTimer, this.#refreshTimer, this.#drainTimer]) clock.clearTimeout(timer);
    this.#socket?.close();
    this.#socket = null;
    for (const fail of this.#waiting) fail(new ChatError("The connection ended.", null));
  }

  async #open(openSocket: OpenSocket, renewed: Promise<string | null>): Promise<void> {
    try {
      const token = await renewed;
      if (this.#state !== "opening") return;
      this.#openingTimer = this.#ports.clock.setTimeout(() => this.#fail(null), openingMs);
      this.#socket = openSocket(this.#ports.url, token, {
        opened: () => this.#opened(),
        refused: (problem) =>
          this.#fail(new ChatError(problem?.detail ?? problem?.title ?? "No socket could be opened.", problem)),
        closed: () => this.#end(),
        event: (event) => this.#take(event),
      });
    } catch (error) {
      this.#fail(error instanceof ChatError ? error : null);
    }
  }

  #opened(): void {
    if (this.#state !== "opening") return;
    this.#state = "open";
    this.#ports.clock.clearTimeout(this.#openingTimer);
    this.#planRefresh();
    this.#handlers.opened();
  }

  #fail(error: ChatError | null): void {
    if (this.#state !== "opening") return;
    this.close();
    this.#handlers.failed(error ?? new ChatError("No socket could be opened.", null));
  }

  #end(): void {
    if (this.#state !== "open") return;
    this.close();
    this.#handlers.ended(this.#awayUntil === null ? null : Math.max(0, this.#awayUntil - this.#ports.clock.now()));
  }

  #take(event: ServerEvent): void {
    if (event.name !== "server:draining") {
      this.#handlers.event(event);
      return;
    }
    const { reconnectAfterMs } = event.payload;
    this.#awayUntil = this.#ports.clock.now() + reconnectAfterMs;
    this.#ports.clock.clearTimeout(this.#drainTimer);
    this.#drainTimer = this.#ports.clock.setTimeout(() => this.#end(), reconnectAfterMs);
  }

  #planRefresh(): void {
    const { clock, tokens } = this.#ports;
    if (!tokens.renewable || tokens.expiresAt === null) return;
    const left = tokens.expiresAt - clock.now();
    // A token that seems over although it was just accepted: the device's clock is wrong, so ask at leisure.
    const delay = left <= 0 ? 30_000 : Math.max(1_000, left - Math.min(60_000, left * 0.2));
    this.#refreshTimer = clock.setTimeout(() => void this.#refresh(), Math.min(delay, 2 ** 31 - 1));
  }

  async #refresh(): Promise<void> {
    try {
      const token = await this.#ports.tokens.renew();
      if (token !== null && this.isOpen) await this.request("auth:refresh", { token });
      if (this.isOpen) this.#planRefresh();
    } catch (error) {
      if (!this.isOpen) return;
      if (error instanceof ChatError && !error.retryable) this.#end();
      else this.#refreshTimer = this.#ports.clock.setTimeout(() => void this.#refresh(), 2_000);
    }
  }
}
