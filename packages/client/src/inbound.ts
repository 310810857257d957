import type { EventPayload, Message, ServerEvent, SyncResult } from "@parley/protocol";
import { applyEvent } from "./apply-event.ts";
import { applySync } from "./apply-sync.ts";
import { CatchUp } from "./catch-up.ts";
import type { Clock } from "./clock.ts";
import { EventGate } from "./event-gate.ts";
import type { Http } from "./http.ts";
import { dropLostWindows, forgetConversations } from "./forget-conversations.ts";
import { findOutboxMessage } from "./reduce-outbox.ts";
import type { ChatState } from "./state.ts";
import type { WritableStore } from "./store.ts";

export interface InboundPorts {
  readonly clock: Clock;
  readonly http: Http;
  readonly store: WritableStore;
  canReach(): boolean;
  identify(): Promise<void>;
  unconfirmedRead(conversationId: string): number;
  /** The server was restored from a backup: what waits to be told of the user's positions is about another history. */
  onStartOver(): void;
  /** These came in by an event or a catch-up. */
  onEvent(event: ServerEvent): void;
  /** Waiting messages of the user that turned out to be committed. */
  onShown(messages: readonly Message[]): void;
  onCaughtUp(): void;
}

/** How long the unread number of the server and ours may differ before the truth is fetched. */
const unreadPatienceMs = 500;

/** Everything that comes from the server on its way into the state: events through the gate, and catch-ups. */
export class Inbound {
  readonly #ports: InboundPorts;
  readonly #gate: EventGate;
  readonly #catchUp: CatchUp;
  readonly #unreadTimers = new Map<string, unknown>();
  #hasStartedOver = false;

  constructor(ports: InboundPorts) {
    const { clock, http, store } = ports;
    this.#ports = ports;
    this.#gate = new EventGate({
      clock,
      getState: store.getState,
      apply: (event) => this.#apply(event),
      onHole: () => this.request(),
    });
    this.#catchUp = new CatchUp({
      http,
      clock,
      getState: store.getState,
      identify: () => ports.identify(),
      unconfirmedRead: (conversationId) => ports.unconfirmedRead(conversationId),
      startOver: () => this.#startOver(),
      apply: (result, versions) => this.#applySync(result, versions),
      onDone: () => this.#caughtUp(),
    });
  }

  /** Takes an event, wherever it comes from: the socket, an answer, another tab. */
  accept(event: ServerEvent): void {
    if (event.name === "sync:digest") this.#catchUp.check(event.payload);
    else this.#gate.accept(event);
  }

  /** Resolves when everything that was missed is here; rejects with a `ChatError`. */
  catchUp(): Promise<void> {
    return this.#catchUp.run();
  }

  /** The same, when there is a way to the server, and nobody waits for it. */
  request(): void {
    if (this.#ports.canReach()) this.catchUp().catch(() => undefined);
  }

  close(): void {
    for (const timer of this.#unreadTimers.values()) this.#ports.clock.clearTimeout(timer);
    this.#gate.close();
    this.#catchUp.close();
  }

  #apply(event: ServerEvent): void {
    const { store, clock } = this.#ports;
    const waited = this.#waiting(store.getState(), event.name === "message:new" ? [event.payload] : []);
    store.update((state) => applyEvent(state, event, clock.now()));
    this.#ports.onShown(waited);
    this.#ports.onEvent(event);
    if (event.name === "unread:updated") this.#checkUnread(event.payload);
  }

  #applySync(result: SyncResult, versions: ReadonlyMap<string, number>): void {
    const { store } = this.#ports;
    const messages = result.changes.flatMap((change) => change.messages);
    const waited = this.#waiting(store.getState(), messages);
    store.update((state) =>
      applySync(state, result, {
        versions,
        isGone: (conversationId, version) => this.#gate.isGone(conversationId, version),
      }),
    );
    this.#ports.onShown(waited);
    for (const message of messages) this.#ports.onEvent({ name: "message:updated", payload: message });
    for (const { conversation } of result.changes) {
      this.#ports.onEvent({ name: "conversation:updated", payload: conversation });
    }
    for (const payload of result.preferences) this.#ports.onEvent({ name: "preferences:updated", payload });
  }

  #startOver(): void {
    this.#gate.clear();
    this.#ports.onStartOver();
    this.#ports.store.update(forgetConversations);
    this.#hasStartedOver = true;
  }

  #caughtUp(): void {
    this.#ports.store.update((state) => (state.ready ? state : { ...state, ready: true }));
    if (this.#hasStartedOver) this.#ports.store.update(dropLostWindows);
    this.#hasStartedOver = false;
    this.#gate.settle();
    this.#ports.onCaughtUp();
  }

  #waiting(state: ChatState, messages: readonly Message[]): Message[] {
    return messages.filter(
      ({ conversationId, clientMessageId, senderId }) =>
        senderId === state.self?.id && findOutboxMessage(state, conversationId, clientMessageId),
    );
  }

  /**
   * The server's number against ours, once what is on its way has come. A difference in a conversation in which nothing
   * happened since means that a receipt or a message is missing.
   */
  #checkUnread({ conversationId, unread }: EventPayload<"unread:updated">): void {
    const { clock, store } = this.#ports;
    const lastSeq = store.getState().conversations.get(conversationId)?.lastSeq;
    const before = this.#unreadTimers.get(conversationId);
    clock.clearTimeout(before);
    const timer = clock.setTimeout(() => {
      this.#unreadTimers.delete(conversationId);
      const now = store.getState().conversations.get(conversationId);
      const waits = this.#ports.unconfirmedRead(conversationId) > 0;
      if (now && !waits && now.lastSeq === lastSeq && now.unread !== unread) this.request();
    }, unreadPatienceMs);
    this.#unreadTimers.set(conversationId, timer);
  }
}
