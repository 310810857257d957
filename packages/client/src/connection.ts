import type { CommandInput, CommandName, CommandResult, ServerEvent } from "@parley/protocol";
import { backOffMs, retryDelayMs } from "./back-off.ts";
import { ChatError } from "./chat-error.ts";
import type { LiveSession, OpenSession, SessionPorts } from "./live-session.ts";
import { isRefusedToken } from "./refused-token.ts";
import type { ConnectionStatus } from "./state.ts";
import type { WritableStore } from "./store.ts";

export interface ConnectionPorts extends SessionPorts {
  readonly openSession: OpenSession;
  readonly store: WritableStore;
  /** Brings everything missed; rejects with a `ChatError` when that did not work. */
  catchUp(): Promise<void>;
  isVisible(): boolean;
  onEvent(event: ServerEvent): void;
  /** A socket lives: tell it what is open on screen. */
  onOpened(): void;
  onLost(): void;
  /** The status changed. */
  onStatus(status: ConnectionStatus): void;
}

/** So many failed tries, or so long without a socket, and plain HTTP steps in. */
const triesBeforeHttp = 2;
const msBeforeHttp = 6_000;
const pollVisibleMs = 5_000;
const pollHiddenMs = 30_000;
const unauthorizedRetryMs = 30_000;
/** The server refused to say what was missed, and would refuse the same question again: asked again after this long. */
const refusedCatchUpRetryMs = 60_000;

type Timer = "attempt" | "fallback" | "poll" | "catchUp";

/**
 * Keeps one session alive from `start` to `close`:
 * idle → connecting → connected, back to connecting when it ends; http while HTTP works and sockets do not; offline
 * while nothing does; unauthorized while a fresh token is refused. Socket tries go on in all of them.
 */
export class Connection {
  readonly #ports: ConnectionPorts;
  readonly #timers = new Map<Timer, unknown>();
  #session: LiveSession | null = null;
  #failures = 0;
  #refusals = 0;
  #catchUpFailures = 0;
  #retryAt: number | null = null;

  constructor(ports: ConnectionPorts) {
    this.#ports = ports;
  }

  get status(): ConnectionStatus {
    return this.#ports.store.getState().connection.status;
  }

  get hasSocket(): boolean {
    return this.#session?.isOpen === true;
  }

  start(): void {
    if (this.status !== "idle") return;
    this.#become("connecting");
    this.#attempt();
    // What is there is shown without waiting for the socket; once that lives, whatever came in between is brought.
    this.#ports.catchUp().catch(() => undefined);
  }

  /** Something suggests that the way is free again: tries at once what would have waited. */
  wake(): void {
    if (this.status === "idle" || this.status === "closed") return;
    if (this.hasSocket) void this.#reach();
    else if (this.#session === null) this.#attempt();
  }

  request<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandResult<Name>> {
    return this.#session?.request(name, input) ?? Promise.reject(new ChatError("There is no connection.", null));
  }

  close(): void {
    for (const timer of this.#timers.keys()) this.#stop(timer);
    this.#session?.close();
    this.#session = null;
    this.#become("closed");
  }

  #attempt(): void {
    this.#stop("attempt");
    this.#retryAt = null;
    if (!this.#timers.has("fallback") && this.status === "connecting") {
      this.#after("fallback", msBeforeHttp, () => void this.#tryHttp());
    }
    // Asked for at once: the first question over HTTP shares it.
    this.#session = this.#ports.openSession(this.#ports, this.#ports.tokens.renew(), {
      opened: () => this.#opened(),
      failed: (error) => this.#failed(error),
      ended: (afterMs) => this.#ended(afterMs),
      event: (event) => this.#ports.onEvent(event),
    });
  }

  #opened(): void {
    this.#failures = 0;
    this.#refusals = 0;
    this.#stop("fallback");
    this.#stop("poll");
    if (this.status !== "http") this.#become("connecting");
    this.#ports.onOpened();
    void this.#reach();
  }

  /** Connected is only who has caught up, or whom the server will not help to: live events are better than none. */
  async #reach(): Promise<void> {
    const session = this.#session;
    this.#stop("catchUp");
    try {
      await this.#ports.catchUp();
      if (session !== this.#session || !this.hasSocket) return;
      this.#catchUpFailures = 0;
      this.#become("connected");
    } catch (error) {
      if (session !== this.#session || !this.hasSocket) return;
      if (this.#isFinal(error)) {
        this.#settleFor("connected");
        this.#after("catchUp", refusedCatchUpRetryMs, () => void this.#reach());
        return;
      }
      this.#catchUpFailures += 1;
      this.#after("catchUp", this.#delayAfter(error, this.#catchUpFailures), () => void this.#reach());
    }
  }

  #ended(afterMs: number | null): void {
    this.#session = null;
    this.#stop("catchUp");
    this.#ports.onLost();
    this.#become("connecting");
    this.#planAttempt(afterMs ?? backOffMs(this.#ports.clock, 1));
  }

  #failed(error: ChatError): void {
    this.#session = null;
    if (isRefusedToken(error)) {
      this.#refused();
      return;
    }
    this.#failures += 1;
    this.#planAttempt(this.#delayAfter(error, this.#failures));
    // A server that is only busy is not asked in another way as well.
    if (isBusy(error)) return;
    if (this.#failures >= triesBeforeHttp && this.status !== "http") void this.#tryHttp();
    else if (this.status === "offline") this.#become("offline");
  }

  #refused(): void {
    this.#refusals += 1;
    if (this.#refusals === 1 && this.#ports.tokens.renewable) {
      this.#attempt();
      return;
    }
    this.#stop("poll");
    this.#stop("fallback");
    this.#planAttempt(unauthorizedRetryMs);
    this.#become("unauthorized");
  }

  /** Reaches the server without a socket, if it can be reached at all, and says so. */
  async #tryHttp(): Promise<void> {
    this.#stop("fallback");
    this.#stop("poll");
    const error = await this.#ports.catchUp().then(
      () => null,
      (reason: unknown) => reason,
    );
    if (this.status === "closed" || this.hasSocket) return;
    if (error === null) {
      this.#become("http");
      this.#after("poll", this.#ports.isVisible() ? pollVisibleMs : pollHiddenMs, () => void this.#tryHttp());
    } else if (error instanceof ChatError && isRefusedToken(error)) {
      this.#become("unauthorized");
    } else if (isBusy(error)) {
      this.#after("poll", this.#delayAfter(error, triesBeforeHttp), () => void this.#tryHttp());
    } else if (this.#isFinal(error)) {
      this.#settleFor("http");
      this.#after("poll", refusedCatchUpRetryMs, () => void this.#tryHttp());
    } else {
      this.#become("offline");
    }
  }

  /** A refusal that the same question meets again, of somebody who knows who they are. */
  #isFinal(error: unknown): boolean {
    const isRefusal = error instanceof ChatError && !error.retryable && !isRefusedToken(error);
    return isRefusal && this.#ports.store.getState().self !== null;
  }

  /** There is what there is; `retryAt` says that something is missing, and when it is asked for again. */
  #settleFor(status: "connected" | "http"): void {
    this.#ports.store.update((state) => (state.ready ? state : { ...state, ready: true }));
    this.#become(status, this.#ports.clock.now() + refusedCatchUpRetryMs);
  }

  #delayAfter(error: unknown, failures: number): number {
    const retryAfterMs = error instanceof ChatError ? error.problem?.retryAfterMs : undefined;
    return retryDelayMs(this.#ports.clock, failures, retryAfterMs);
  }

  #planAttempt(ms: number): void {
    this.#retryAt = this.#ports.clock.now() + ms;
    this.#after("attempt", ms, () => this.#attempt());
  }

  #become(status: ConnectionStatus, nextCatchUpAt: number | null = null): void {
    const before = this.status;
    const retryAt = status === "offline" || status === "unauthorized" ? this.#retryAt : nextCatchUpAt;
    this.#ports.store.update((state) =>
      state.connection.status === status && state.connection.retryAt === retryAt
        ? state
        : { ...state, connection: { status, retryAt } },
    );
    if (before !== status) this.#ports.onStatus(status);
  }

  #after(timer: Timer, ms: number, callback: () => void): void {
    this.#stop(timer);
    const handle = this.#ports.clock.setTimeout(() => {
      this.#timers.delete(timer);
      callback();
    }, ms);
    this.#timers.set(timer, handle);
  }

  #stop(timer: Timer): void {
    this.#ports.clock.clearTimeout(this.#timers.get(timer));
    this.#timers.delete(timer);
  }
}

const isBusy = (error: unknown): boolean => error instanceof ChatError && error.code === "overloaded";
