import { backOffMs } from "./back-off.ts";
import type { ReceiptsApi } from "./chat-client.ts";
import { ChatError } from "./chat-error.ts";
import type { Clock } from "./clock.ts";
import { findOwn } from "./put-conversation.ts";
import { reduceReceipt } from "./reduce-receipts.ts";
import type { WritableStore } from "./store.ts";

export interface ReceiptsPorts {
  readonly clock: Clock;
  readonly store: WritableStore;
  /** Tells the server, by whichever way is open; rejects with a `ChatError`. */
  report(kind: "read" | "delivered", conversationId: string, seq: number): Promise<void>;
  reportAllRead(): Promise<void>;
  canReport(): boolean;
  /** The state claims what the server refused: fetch the truth. */
  onRefused(): void;
}

interface PendingRead {
  seq: number;
  /** What the server had confirmed before. */
  readonly confirmed: { readonly readSeq: number; readonly deliveredSeq: number };
  running: Promise<void> | null;
}

/** Newest position only, so often at most. */
const deliveredEveryMs = 250;

/** Moves the user's own positions: read when told so, delivered by itself. */
export class Receipts implements ReceiptsApi {
  readonly #ports: ReceiptsPorts;
  readonly #reads = new Map<string, PendingRead>();
  readonly #delivered = new Map<string, number>();
  #timer: unknown = null;
  #retryTimer: unknown = null;
  #failures = 0;
  #reporting = false;

  constructor(ports: ReceiptsPorts) {
    this.#ports = ports;
  }

  async read(conversationId: string, seq: number): Promise<void> {
    const found = findOwn(this.#ports.store.getState(), conversationId);
    if (!found) return;
    const { conversation, own } = found;
    const to = Math.min(seq, conversation.lastSeq);
    const pending = this.#reads.get(conversationId);
    if (to <= own.readSeq) return await (pending?.running ?? undefined);
    if (pending) pending.seq = to;
    else {
      const confirmed = { readSeq: own.readSeq, deliveredSeq: own.deliveredSeq };
      this.#reads.set(conversationId, { seq: to, confirmed, running: null });
    }
    this.#ports.store.update((now) =>
      reduceReceipt(now, { conversationId, userId: own.user.id, readSeq: to, deliveredSeq: to }),
    );
    await this.#flushRead(conversationId);
  }

  async readAll(): Promise<void> {
    const { self, conversations } = this.#ports.store.getState();
    await this.#ports.reportAllRead();
    if (!self) return;
    // Up to where it was when asked: what came since is not read.
    const seen = [...conversations.values()].filter(({ unread }) => unread > 0);
    this.#ports.store.update((state) =>
      seen.reduce(
        (next, { id, lastSeq }) =>
          reduceReceipt(next, { conversationId: id, userId: self.id, readSeq: lastSeq, deliveredSeq: lastSeq }),
        state,
      ),
    );
  }

  /** Something may have arrived in this conversation: it is reported as delivered in a moment. */
  touched(conversationId: string): void {
    const found = findOwn(this.#ports.store.getState(), conversationId);
    if (!found || found.own.deliveredSeq >= found.conversation.lastSeq) return;
    this.#delivered.set(conversationId, found.conversation.lastSeq);
    this.#planDelivered();
  }

  /** By how much the user's own positions run ahead of the confirmed ones, read and delivered together. */
  unconfirmed(conversationId: string): number {
    const pending = this.#reads.get(conversationId);
    const own = findOwn(this.#ports.store.getState(), conversationId)?.own;
    if (!pending || !own) return 0;
    return own.readSeq - pending.confirmed.readSeq + own.deliveredSeq - pending.confirmed.deliveredSeq;
  }

  /** There is a way to the server again. */
  resume(): void {
    this.#failures = 0;
    for (const conversationId of this.#reads.keys()) this.#flushRead(conversationId).catch(() => undefined);
    if (this.#delivered.size > 0) this.#planDelivered();
  }

  /** What was read is not there any more. */
  forget(): void {
    this.#reads.clear();
    this.#delivered.clear();
  }

  close(): void {
    this.#ports.clock.clearTimeout(this.#timer);
    this.#ports.clock.clearTimeout(this.#retryTimer);
    this.forget();
  }

  async #flushRead(conversationId: string): Promise<void> {
    const pending = this.#reads.get(conversationId);
    if (!pending) return;
    pending.running ??= this.#reportRead(conversationId).finally(() => {
      const now = this.#reads.get(conversationId);
      if (now) now.running = null;
    });
    await pending.running;
  }

  /** Reports the newest position until nothing newer has come meanwhile. */
  async #reportRead(conversationId: string): Promise<void> {
    for (
      let at = this.#reads.get(conversationId);
      at && this.#ports.canReport();
      at = this.#reads.get(conversationId)
    ) {
      const { seq } = at;
      try {
        await this.#ports.report("read", conversationId, seq);
        this.#failures = 0;
        if ((this.#reads.get(conversationId)?.seq ?? 0) <= seq) this.#reads.delete(conversationId);
      } catch (error) {
        if (error instanceof ChatError && error.retryable) {
          this.#planRetry(error);
          return;
        }
        this.#reads.delete(conversationId);
        this.#ports.onRefused();
        throw error;
      }
    }
  }

  #planRetry(error: ChatError): void {
    this.#failures += 1;
    const ms = Math.max(error.problem?.retryAfterMs ?? 0, backOffMs(this.#ports.clock, this.#failures));
    this.#ports.clock.clearTimeout(this.#retryTimer);
    this.#retryTimer = this.#ports.clock.setTimeout(() => {
      for (const conversationId of this.#reads.keys()) this.#flushRead(conversationId).catch(() => undefined);
    }, ms);
  }

  #planDelivered(): void {
    this.#timer ??= this.#ports.clock.setTimeout(() => void this.#reportDelivered(), deliveredEveryMs);
  }

  /** One after the other: after a long absence there are many. What fails is said again with the next message. */
  async #reportDelivered(): Promise<void> {
    this.#timer = null;
    if (this.#reporting || !this.#ports.canReport()) return;
    this.#reporting = true;
    for (const [conversationId, seq] of this.#delivered) {
      this.#delivered.delete(conversationId);
      const found = findOwn(this.#ports.store.getState(), conversationId);
      if (!found || found.own.deliveredSeq >= seq) continue;
      await this.#ports.report("delivered", conversationId, seq).then(
        () => this.#confirmDelivered(conversationId, seq),
        () => undefined,
      );
    }
    this.#reporting = false;
    if (this.#delivered.size > 0) this.#planDelivered();
  }

  #confirmDelivered(conversationId: string, deliveredSeq: number): void {
    this.#ports.store.update((state) =>
      state.self ? reduceReceipt(state, { conversationId, userId: state.self.id, readSeq: 0, deliveredSeq }) : state,
    );
  }
}
