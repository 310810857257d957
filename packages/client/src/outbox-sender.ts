import type { Message } from "@parley/protocol";
import { backOffMs } from "./back-off.ts";
import { ChatError } from "./chat-error.ts";
import type { Clock } from "./clock.ts";
import { isRefusedToken } from "./refused-token.ts";
import type { OutboxMessage } from "./state.ts";

export interface OutboxSenderPorts {
  readonly clock: Clock;
  canSend(): boolean;
  /** All entries that are stored, in the order of sending. */
  readAll(): Promise<readonly OutboxMessage[]>;
  /** The server is known to have this one. */
  isSettled(clientMessageId: string): boolean;
  /** Runs the task while no other tab sends. */
  alone(task: () => Promise<void>): Promise<void>;
  /** One try, the `attempt`-th from 0; rejects with a `ChatError`. */
  transmit(entry: OutboxMessage, attempt: number): Promise<Message>;
  onCommitted(entry: OutboxMessage, message: Message): Promise<void>;
  onRefused(entry: OutboxMessage, error: ChatError): Promise<void>;
  /** The user was too fast there: nothing leaves before `until`, in milliseconds since the epoch; null: it is over. */
  onPause(conversationId: string, until: number | null): void;
}

/** Why a conversation's queue stands still. */
interface Wait {
  readonly failures: number;
  /** In milliseconds since the epoch. */
  readonly until: number;
  /** How long it was when it began. */
  readonly ms: number;
  /** The server named the time: a new connection does not shorten it. */
  readonly byServer: boolean;
  /** The user was too fast, and was told so. */
  readonly isPause: boolean;
}

/** Empties the outbox: one message in flight for each conversation, conversations side by side, one tab at a time. */
export class OutboxSender {
  readonly #ports: OutboxSenderPorts;
  readonly #waits = new Map<string, Wait>();
  readonly #lanes = new Map<string, Promise<void>>();
  #draining = false;
  #wanted = false;
  #wake: () => void = () => undefined;
  #timer: unknown = null;
  #closed = false;

  constructor(ports: OutboxSenderPorts) {
    this.#ports = ports;
  }

  /** Something may be there to send. */
  flush(): void {
    this.#wanted = true;
    this.#wake();
    if (!this.#draining) void this.#drainAlone();
  }

  /** There is a way to the server again: no use in waiting longer. */
  resume(): void {
    for (const [conversationId, wait] of this.#waits) {
      if (!wait.byServer) this.#waits.set(conversationId, { ...wait, until: 0 });
    }
    this.flush();
  }

  close(): void {
    this.#closed = true;
    this.#wake();
    this.#ports.clock.clearTimeout(this.#timer);
  }

  async #drainAlone(): Promise<void> {
    this.#draining = true;
    while (this.#wanted && !this.#closed && this.#ports.canSend()) {
      await this.#ports.alone(() => this.#drain()).catch(() => undefined);
    }
    this.#draining = false;
  }

  /** Starts a lane for every conversation that may send; a flush in between starts further ones. */
  async #drain(): Promise<void> {
    do {
      this.#wanted = false;
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      if (!this.#closed && this.#ports.canSend()) await this.#startLanes();
      if (this.#lanes.size === 0 && !this.#wanted) break;
      await Promise.race([woken, ...this.#lanes.values()]);
    } while (!this.#closed && (this.#wanted || this.#lanes.size > 0));
  }

  async #startLanes(): Promise<void> {
    const pending = (await this.#ports.readAll()).filter((entry) => entry.status === "pending");
    const queues = new Map<string, OutboxMessage[]>();
    for (const entry of pending) {
      if (this.#ports.isSettled(entry.clientMessageId)) continue;
      const queue = queues.get(entry.conversationId);
      if (queue) queue.push(entry);
      else queues.set(entry.conversationId, [entry]);
    }
    for (const conversationId of this.#waits.keys()) {
      if (!queues.has(conversationId)) this.#release(conversationId);
    }
    for (const [conversationId, queue] of queues) this.#startLane(conversationId, queue);
    this.#planNext();
  }

  #startLane(conversationId: string, queue: readonly OutboxMessage[]): void {
    if (this.#isWaiting(conversationId) || this.#lanes.has(conversationId)) return;
    const lane = this.#sendQueue(conversationId, queue).finally(() => {
      this.#lanes.delete(conversationId);
      // What was enqueued here meanwhile is not in this lane's queue.
      if (!this.#isWaiting(conversationId)) this.#wanted = true;
    });
    this.#lanes.set(conversationId, lane);
  }

  async #sendQueue(conversationId: string, queue: readonly OutboxMessage[]): Promise<void> {
    for (const entry of queue) {
      if (this.#closed || !this.#ports.canSend()) return;
      if (this.#ports.isSettled(entry.clientMessageId)) continue;
      if (!(await this.#sendOne(conversationId, entry))) return;
    }
  }

  /** false: it has to wait, and everything behind it. */
  async #sendOne(conversationId: string, entry: OutboxMessage): Promise<boolean> {
    const attempt = this.#waits.get(conversationId)?.failures ?? 0;
    try {
      const message = await this.#ports.transmit(entry, attempt);
      this.#release(conversationId);
      await this.#ports.onCommitted(entry, message);
      return true;
    } catch (reason) {
      if (this.#closed) return false;
      if (this.#ports.isSettled(entry.clientMessageId)) {
        this.#release(conversationId);
        return true;
      }
      const error = reason instanceof ChatError ? reason : new ChatError("Sending failed.", null, { cause: reason });
      if (!error.retryable && !isRefusedToken(error)) {
        this.#release(conversationId);
        await this.#ports.onRefused(entry, error);
        return true;
      }
      this.#wait(conversationId, attempt + 1, error);
      return false;
    }
  }

  #isWaiting(conversationId: string): boolean {
    const wait = this.#waits.get(conversationId);
    return wait !== undefined && remainingMs(wait, this.#ports.clock.now()) > 0;
  }

  #wait(conversationId: string, failures: number, { code, problem }: ChatError): void {
    const retryAfterMs = problem?.retryAfterMs;
    const ms = Math.max(retryAfterMs ?? 0, backOffMs(this.#ports.clock, failures));
    const until = this.#ports.clock.now() + ms;
    const byServer = retryAfterMs !== undefined;
    const isPause = byServer && code === "rate_limited";
    if (!isPause) this.#release(conversationId);
    this.#waits.set(conversationId, { failures, until, ms, byServer, isPause });
    if (isPause) this.#ports.onPause(conversationId, until);
    this.#planNext();
  }

  #release(conversationId: string): void {
    const wait = this.#waits.get(conversationId);
    this.#waits.delete(conversationId);
    if (wait?.isPause === true) this.#ports.onPause(conversationId, null);
  }

  #planNext(): void {
    const { clock } = this.#ports;
    clock.clearTimeout(this.#timer);
    const now = clock.now();
    const next = [...this.#waits.values()].map((wait) => remainingMs(wait, now)).filter((ms) => ms > 0);
    if (next.length === 0 || this.#closed) return;
    this.#timer = clock.setTimeout(() => this.flush(), Math.min(...next));
  }
}

/** A wait that is longer than it ever was: the device's clock was put back. It is over, or it might last for years. */
function remainingMs({ until, ms }: Wait, now: number): number {
  const remaining = until - now;
  return remaining > ms ? 0 : Math.max(0, remaining);
}
