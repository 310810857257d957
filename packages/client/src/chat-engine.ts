import type { Message, Presence, ServerEvent } from "@parley/protocol";
import type { Clock } from "./clock.ts";
import { Connection } from "./connection.ts";
import type { Environment } from "./environment.ts";
import { History } from "./history.ts";
import { Http } from "./http.ts";
import { Inbound } from "./inbound.ts";
import { JoinedConversations } from "./joined-conversations.ts";
import type { OpenSession } from "./live-session.ts";
import { Outbox } from "./outbox.ts";
import type { OpenOutboxStore } from "./outbox-store.ts";
import { Pins } from "./pins.ts";
import { OwnPreferences } from "./own-preferences.ts";
import { OwnSettings } from "./own-settings.ts";
import { OwnPresence } from "./presence.ts";
import { Reactions } from "./reactions.ts";
import { Receipts } from "./receipts.ts";
import { reducePresence } from "./reduce-presence.ts";
import { ServerCalls } from "./server-calls.ts";
import type { ConnectionStatus } from "./state.ts";
import { createStore } from "./store.ts";
import type { OpenTabs } from "./tabs-alone.ts";
import { type FetchToken, TokenSource } from "./token-source.ts";
import { Typing } from "./typing.ts";

export interface ChatEngineOptions {
  /** Origin of the server. */
  readonly url: string;
  readonly token: FetchToken | null;
  readonly outbox: OpenOutboxStore;
  readonly clock: Clock;
  readonly fetch: typeof globalThis.fetch;
  readonly openSession: OpenSession;
  readonly openTabs: OpenTabs;
  readonly environment: Environment;
}

/** All parts of a client, and the wires between them. */
export class ChatEngine {
  readonly store = createStore();
  readonly http: Http;
  readonly inbound: Inbound;
  readonly connection: Connection;
  readonly calls: ServerCalls;
  readonly history: History;
  readonly outbox: Outbox;
  readonly pins: Pins;
  readonly reactions: Reactions;
  readonly joined: JoinedConversations;
  readonly preferences: OwnPreferences;
  readonly receipts: Receipts;
  readonly settings: OwnSettings;
  readonly typing: Typing;
  readonly presence: OwnPresence;
  readonly #options: ChatEngineOptions;
  readonly #ended = new AbortController();
  #stopWatching: () => void = () => undefined;

  constructor(options: ChatEngineOptions) {
    const { clock, url, fetch } = options;
    const { store } = this;
    const tokens = new TokenSource(options.token);
    this.#options = options;
    this.http = new Http({ url, tokens, clock, fetch, signal: this.#ended.signal });
    this.inbound = this.#makeInbound();
    this.connection = this.#makeConnection(tokens);
    const calls = new ServerCalls(this.http, this.connection);
    this.calls = calls;
    this.history = new History({ http: this.http, store, isJoined: (id) => this.joined.has(id) });
    this.outbox = this.#makeOutbox();
    this.pins = new Pins({ http: this.http, store });
    this.reactions = new Reactions({
      store,
      transmit: (messageId, change) => calls.react(messageId, change),
      onChanged: (message) => this.inbound.accept({ name: "message:updated", payload: message }),
    });
    this.preferences = new OwnPreferences({ clock, store, transmit: (...change) => calls.setPreferences(...change) });
    this.settings = this.#makeSettings(calls);
    this.receipts = new Receipts({
      clock,
      store,
      report: (kind, conversationId, seq) => calls.report(kind, conversationId, seq),
      reportAllRead: () => calls.reportAllRead(),
      canReport: () => this.#canReach(),
      onRefused: () => this.inbound.request(),
    });
    this.typing = new Typing({ clock, store, tell: (name, conversationId) => calls.tell(name, { conversationId }) });
    this.presence = new OwnPresence({ clock, tell: (status) => calls.tell("presence:set", { status }) });
    this.joined = new JoinedConversations({
      join: (conversationId) => calls.join(conversationId),
      leave: (conversationId) => calls.tell("conversation:leave", { conversationId }),
      onPresence: (presence) => this.#showPresence(presence),
    });
  }

  connect(): void {
    if (this.connection.status !== "idle") return;
    this.#stopWatching = this.#options.environment.onReturn(() => this.connection.wake());
    this.connection.start();
  }

  async close(): Promise<void> {
    this.#stopWatching();
    this.connection.close();
    this.#ended.abort();
    this.presence.end();
    for (const part of [this.inbound, this.receipts, this.typing, this.outbox]) part.close();
  }

  #makeInbound(): Inbound {
    const { store, http } = this;
    return new Inbound({
      clock: this.#options.clock,
      http,
      store,
      canReach: () => this.#canReach(),
      identify: () => this.#identify(),
      unconfirmedRead: (conversationId) => this.receipts.unconfirmed(conversationId),
      onStartOver: () => this.receipts.forget(),
      onEvent: (event) => this.#applied(event),
      onShown: (messages) => this.outbox.onShown(messages),
      onCaughtUp: () => this.#caughtUp(),
    });
  }

  #makeConnection(tokens: TokenSource): Connection {
    const { url, clock, openSession, environment } = this.#options;
    return new Connection({
      url,
      clock,
      tokens,
      openSession,
      store: this.store,
      catchUp: () => this.inbound.catchUp(),
      isVisible: () => environment.isVisible(),
      onEvent: (event) => this.inbound.accept(event),
      onOpened: () => this.#opened(),
      onLost: () => this.#lost(),
      onStatus: (status) => this.#statusChanged(status),
    });
  }

  #makeSettings(calls: ServerCalls): OwnSettings {
    return new OwnSettings({
      store: this.store,
      fetch: () => calls.getSettings(),
      transmit: (change) => calls.changeSettings(change),
      onReadsMissing: () => this.inbound.request(),
    });
  }

  #makeOutbox(): Outbox {
    const { clock, url, outbox, openTabs } = this.#options;
    return new Outbox({
      clock,
      store: this.store,
      url,
      openStore: outbox,
      openTabs,
      canSend: () => this.#canReach(),
      transmit: (entry, attempt) => this.calls.send(entry, attempt),
      onAcknowledged: (message: Message) => this.inbound.accept({ name: "message:new", payload: message }),
    });
  }

  #canReach(): boolean {
    return this.connection.hasSocket || ["connecting", "http"].includes(this.connection.status);
  }

  /** Once: a page belongs to one user from beginning to end. */
  async #identify(): Promise<void> {
    if (this.store.getState().self !== null) return;
    const { user, settings, conversationTypes } = await this.http.call("getSession", {});
    const types = new Map(Object.entries(conversationTypes));
    this.store.update((state) => ({ ...state, self: user, types }));
    this.settings.confirm(settings);
    // What is shown first waits for no disk.
    void this.outbox.open(user.id);
  }

  #caughtUp(): void {
    this.outbox.sweep();
    this.pins.renew();
  }

  #applied(event: ServerEvent): void {
    this.history.note(event);
    this.pins.note(event);
    if (event.name === "typing:updated") this.typing.watch();
    else if (event.name === "message:new") this.receipts.touched(event.payload.conversationId);
    else if (event.name === "conversation:new" || event.name === "conversation:updated") {
      this.receipts.touched(event.payload.id);
      this.preferences.note(event.payload.id);
    } else if (event.name === "preferences:updated") this.preferences.note(event.payload.conversationId);
    else if (event.name === "settings:updated") this.settings.confirm(event.payload);
  }

  #opened(): void {
    this.settings.renew();
    this.presence.begin();
    this.joined.rejoin();
    this.outbox.resume();
    this.receipts.resume();
  }

  /** Leases that nobody renews any more are over. */
  #lost(): void {
    this.presence.end();
    this.store.update((state) => ({ ...state, typing: new Map(), presence: new Map() }));
  }

  #statusChanged(status: ConnectionStatus): void {
    if (status !== "http" && status !== "connected") return;
    this.outbox.resume();
    this.receipts.resume();
  }

  #showPresence(presence: readonly Presence[]): void {
    this.store.update((state) => presence.reduce(reducePresence, state));
  }
}
