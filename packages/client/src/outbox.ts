import type { Message } from "@parley/protocol";
import { Acknowledgements } from "./acknowledgements.ts";
import type { SendOptions, SentMessage } from "./chat-client.ts";
import { ChatError } from "./chat-error.ts";
import type { Clock } from "./clock.ts";
import { makeId } from "./make-id.ts";
import { OutboxKeeper } from "./outbox-keeper.ts";
import { type OutboxNews, readNews } from "./outbox-news.ts";
import { OutboxSender } from "./outbox-sender.ts";
import type { OpenOutboxStore, OutboxStore } from "./outbox-store.ts";
import { quoteOf } from "./quote.ts";
import { dropOutboxMessage, findOutboxMessage, putOutboxMessage, putPause } from "./reduce-outbox.ts";
import type { OutboxMessage } from "./state.ts";
import type { WritableStore } from "./store.ts";
import type { OpenTabs, Tabs } from "./tabs-alone.ts";

export interface OutboxPorts {
  readonly clock: Clock;
  readonly store: WritableStore;
  /** The server's address: each user at each server has an outbox of their own. */
  readonly url: string;
  readonly openStore: OpenOutboxStore;
  readonly openTabs: OpenTabs;
  canSend(): boolean;
  /** One try, the `attempt`-th from 0; rejects with a `ChatError`. */
  transmit(entry: OutboxMessage, attempt: number): Promise<Message>;
  /** The server has committed the message: it belongs into the state now. */
  onAcknowledged(message: Message): void;
}

const settledKept = 200;

interface Opened {
  readonly kept: OutboxStore;
  readonly tabs: Tabs;
}

/**
 * Messages from the moment of sending until the server has them. Each is stored before it is sent, keeps its
 * clientMessageId over retries, reloads and tabs, and leaves in the order of its conversation.
 */
export class Outbox {
  readonly #ports: OutboxPorts;
  readonly #sender: OutboxSender;
  readonly #acknowledgements = new Acknowledgements();
  /** The last ones that were committed: another tab, or the disk, that calls them unsent is late. */
  readonly #settled = new Map<string, Message>();
  readonly #keeper: OutboxKeeper;
  readonly #opened: Promise<Opened>;
  #open: (opened: Opened) => void = () => undefined;
  #now: Opened | null = null;
  #saved: Promise<unknown>;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
    this.#saved = this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
    this.#keeper = new OutboxKeeper(
      this.#opened.then(({ kept }) => kept),
      ports.clock,
    );
    this.#sender = new OutboxSender({
      clock: ports.clock,
      canSend: () => this.#now !== null && ports.canSend(),
      transmit: (entry, attempt) => ports.transmit(entry, attempt),
      readAll: () => this.#keeper.readAll(),
      isSettled: (clientMessageId) => this.#settled.has(clientMessageId),
      alone: async (task) => await (await this.#opened).tabs.alone(task),
      onCommitted: (_entry, message) => this.#committed(message),
      onRefused: (entry, error) => this.#refused(entry, error),
      onPause: (conversationId, until) => ports.store.update((state) => putPause(state, conversationId, until)),
    });
  }

  /** The user is known: opens their outbox and takes up what an earlier page left. Calling it again does nothing. */
  async open(userId: string): Promise<void> {
    if (this.#now) return;
    const scope = `${this.#ports.url}|${userId}`;
    this.#now = {
      kept: this.#ports.openStore(scope),
      tabs: this.#ports.openTabs(scope, (news) => this.#hear(readNews(news))),
    };
    this.#open(this.#now);
    const left = (await this.#keeper.readAll()).filter(({ clientMessageId }) => !this.#settled.has(clientMessageId));
    this.#ports.store.update((state) => left.reduce(putOutboxMessage, state));
    this.#sender.flush();
  }

  /** Shows the message as pending at once; resolves when it is stored. */
  async send(
    conversationId: string,
    content: string,
    { replyTo, mentions = [] }: SendOptions = {},
  ): Promise<SentMessage> {
    const now = this.#ports.clock.now();
    const clientMessageId = makeId(now);
    const acknowledged = this.#acknowledgements.expect(clientMessageId);
    const createdAt = new Date(now).toISOString();
    await this.#enqueue({
      ...{ clientMessageId, conversationId, content, createdAt, mentions },
      replyTo: replyTo ? quoteOf(replyTo) : null,
      status: "pending",
      problem: null,
    });
    return { clientMessageId, acknowledged };
  }

  async retry(conversationId: string, clientMessageId: string): Promise<void> {
    const failed = findOutboxMessage(this.#ports.store.getState(), conversationId, clientMessageId);
    if (failed?.status === "failed") await this.#enqueue({ ...failed, status: "pending", problem: null });
  }

  async discard(conversationId: string, clientMessageId: string): Promise<void> {
    const state = this.#ports.store.getState();
    if (findOutboxMessage(state, conversationId, clientMessageId)?.status !== "failed") return;
    this.#drop(conversationId, clientMessageId);
    await this.#forget(clientMessageId);
    this.#tell({ kind: "discarded", conversationId, clientMessageId });
  }

  /** There is a way to the server (again). */
  resume(): void {
    this.#sender.resume();
  }

  /** The user's own messages have come into the state by an event or a catch-up: they need not be sent any more. */
  onShown(messages: readonly Message[]): void {
    for (const message of messages) {
      this.#settle(message);
      void this.#forget(message.clientMessageId);
    }
  }

  /** After a catch-up: what was acknowledged is in the state now, or lies outside of its window. */
  sweep(): void {
    for (const message of this.#settled.values()) {
      const { conversations } = this.#ports.store.getState();
      const isShown = (conversations.get(message.conversationId)?.lastSeq ?? message.seq) >= message.seq;
      if (isShown) this.#drop(message.conversationId, message.clientMessageId);
    }
    this.#prune();
  }

  close(): void {
    this.#sender.close();
    this.#now?.tabs.close();
    this.#now?.kept.close();
    this.#acknowledgements.close();
  }

  /** One after the other, so that none is stored, and sent, before an earlier one. */
  async #enqueue(entry: OutboxMessage): Promise<void> {
    this.#ports.store.update((state) => putOutboxMessage(state, entry));
    const saved = this.#saved.then(async () => {
      const isKept = await this.#keeper.keep(entry);
      this.#tell({ kind: "enqueued", entry, isVolatile: !isKept });
      this.#sender.flush();
    });
    this.#saved = saved;
    await saved;
  }

  async #forget(clientMessageId: string): Promise<void> {
    await this.#keeper.forget(clientMessageId);
    this.#prune();
  }

  async #committed(message: Message): Promise<void> {
    this.#settle(message);
    this.#ports.onAcknowledged(message);
    this.#tell({ kind: "acknowledged", message });
    await this.#forget(message.clientMessageId);
  }

  /** It stays also where nobody can see it: who was taken out of a conversation may be taken in again. */
  async #refused(entry: OutboxMessage, error: ChatError): Promise<void> {
    this.#acknowledgements.reject(entry.clientMessageId, error);
    const failed: OutboxMessage = { ...entry, status: "failed", problem: error.problem };
    this.#ports.store.update((state) => putOutboxMessage(state, failed));
    await this.#keeper.keep(failed);
    this.#tell({ kind: "failed", entry: failed });
  }

  #settle(message: Message): void {
    this.#settled.set(message.clientMessageId, message);
    this.#acknowledgements.resolve(message);
  }

  #prune(): void {
    const state = this.#ports.store.getState();
    for (const [clientMessageId, message] of this.#settled) {
      if (this.#settled.size <= settledKept) break;
      if (!findOutboxMessage(state, message.conversationId, clientMessageId)) this.#settled.delete(clientMessageId);
    }
  }

  #drop(conversationId: string, clientMessageId: string): void {
    this.#ports.store.update((state) => dropOutboxMessage(state, conversationId, clientMessageId));
  }

  #tell(news: OutboxNews): void {
    this.#now?.tabs.tell(news);
  }

  #hear(news: OutboxNews | null): void {
    switch (news?.kind) {
      case "enqueued":
        if (this.#show(news.entry)) {
          this.#keeper.adopt(news);
          this.#sender.flush();
        }
        break;
      case "failed":
        this.#keeper.changed(news.entry.clientMessageId, news.entry);
        if (this.#show(news.entry)) {
          const { clientMessageId, problem } = news.entry;
          this.#acknowledgements.reject(
            clientMessageId,
            new ChatError(problem?.title ?? "The message was refused.", problem),
          );
        }
        break;
      case "acknowledged":
        this.#settle(news.message);
        this.#keeper.changed(news.message.clientMessageId, null);
        this.#ports.onAcknowledged(news.message);
        this.#prune();
        break;
      case "discarded":
        this.#keeper.changed(news.clientMessageId, null);
        this.#drop(news.conversationId, news.clientMessageId);
        break;
      default:
    }
  }

  /** false: it is late, the message is committed. */
  #show(entry: OutboxMessage): boolean {
    if (this.#settled.has(entry.clientMessageId)) return false;
    this.#ports.store.update((state) => putOutboxMessage(state, entry));
    return true;
  }
}
