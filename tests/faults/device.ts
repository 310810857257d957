import { setTimeout as sleep } from "node:timers/promises";
import type { Message, Problem, SyncResult } from "@parley/protocol";
import { io, type Socket } from "socket.io-client";
import { type HistoryWriter, type Sighting, sightingOf, type ViewKind } from "./history.ts";

interface DeviceOptions {
  readonly name: string;
  readonly userId: string;
  readonly token: string;
  readonly url: string;
  readonly transports: readonly ("polling" | "websocket")[];
  readonly history: HistoryWriter;
}

export interface Attempt {
  readonly conversationId: string;
  readonly clientMessageId: string;
  readonly body: string;
  readonly via: "socket" | "http";
  readonly timeoutMs: number;
}

interface Held {
  version: number;
  readonly messages: Map<number, Sighting>;
}

type Answer = { ok: true; message: Message } | { ok: false; error: Problem };

/**
 * One device of one person: a plain Socket.IO client that sends, hears, notices holes by the versions, and catches up as
 * the wire contract says. It writes down all that happens to it.
 */
export class Device {
  readonly #options: DeviceOptions;
  readonly #socket: Socket;
  readonly #held = new Map<string, Held>();
  #connection = 0;
  #catchingUp: Promise<void> | null = null;
  #catchUpAgain = false;
  #closed = false;

  constructor(options: DeviceOptions) {
    this.#options = options;
    const { url, token, transports } = options;
    this.#socket = io(url, {
      transports: [...transports],
      auth: { token },
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 500,
      timeout: 5_000,
    });
    this.#socket.on("connect", () => {
      this.#connection += 1;
      this.#note("connected");
      this.#requestCatchUp();
    });
    this.#socket.on("disconnect", () => this.#note("disconnected"));
    this.#socket.on("message:new", (message: Message) => this.#hear(message));
  }

  get userId(): string {
    return this.#options.userId;
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  /** One attempt to send. Resolves to false when its outcome is not known: it must be repeated. */
  async attempt({ conversationId, clientMessageId, body, via, timeoutMs }: Attempt): Promise<boolean> {
    const { history, userId } = this.#options;
    const send = { userId, conversationId, clientMessageId };
    history.write({ type: "invoke", at: history.now(), via, body, ...send });
    try {
      const input = { clientMessageId, content: body };
      const answer =
        via === "socket"
          ? await this.#sendBySocket({ conversationId, ...input }, timeoutMs)
          : await this.#sendByHttp(conversationId, input, timeoutMs);
      if (answer.ok) {
        history.write({ type: "ok", at: history.now(), message: sightingOf(answer.message), ...send });
        return true;
      }
      const { code, retryable } = answer.error;
      if (retryable) history.write({ type: "unknown", at: history.now(), why: code, ...send });
      else history.write({ type: "refused", at: history.now(), code, ...send });
      return !retryable;
    } catch (error) {
      history.write({ type: "unknown", at: history.now(), why: (error as Error).message, ...send });
      return false;
    }
  }

  /** Connects anew, catches up, and tells what it holds and what it then fetches afresh. */
  async tellViews(conversationIds: readonly string[]): Promise<void> {
    this.#socket.disconnect();
    this.#socket.connect();
    while (!this.#socket.connected) await sleep(20);
    while (this.#catchingUp !== null) await this.#catchingUp;
    this.#tellView(
      "held",
      [...this.#held.values()].flatMap(({ messages }) => [...messages.values()]),
    );
    const pages = await Promise.all(conversationIds.map((id) => this.#fetchHistory(id)));
    this.#tellView("fetched", pages.flat());
  }

  close(): void {
    this.#closed = true;
    this.#socket.disconnect();
  }

  #note(type: "connected" | "disconnected"): void {
    const { history, name } = this.#options;
    history.write({ type, at: history.now(), device: name });
  }

  #tellView(kind: ViewKind, messages: readonly Sighting[]): void {
    const { history, name: device, userId } = this.#options;
    history.write({ type: "view", device, userId, kind });
    for (const message of messages) history.write({ type: "viewed", device, kind, message });
  }

  async #sendBySocket(input: object, timeoutMs: number): Promise<Answer> {
    if (!this.#socket.connected) throw new Error("not connected");
    return (await this.#socket.timeout(timeoutMs).emitWithAck("message:send", input)) as Answer;
  }

  async #sendByHttp(conversationId: string, input: object, timeoutMs: number): Promise<Answer> {
    const response = await this.#fetch(`/api/conversations/${conversationId}/messages`, input, timeoutMs);
    const body = await response.json();
    return response.ok
      ? { ok: true, message: (body as { message: Message }).message }
      : { ok: false, error: body as Problem };
  }

  #fetch(path: string, body: object | null, timeoutMs: number): Promise<Response> {
    return fetch(`${this.#options.url}${path}`, {
      headers: { authorization: `Bearer ${this.#options.token}`, ...(body && { "content-type": "application/json" }) },
      signal: AbortSignal.timeout(timeoutMs),
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
  }

  #hear(message: Message): void {
    const { history, name: device, userId } = this.#options;
    const seen = sightingOf(message);
    history.write({ type: "heard", at: history.now(), device, userId, connection: this.#connection, message: seen });
    const held = this.#heldOf(message.conversationId);
    held.messages.set(message.seq, seen);
    if (message.version === held.version + 1) held.version = message.version;
    else if (message.version > held.version) this.#requestCatchUp();
  }

  #heldOf(conversationId: string): Held {
    const held = this.#held.get(conversationId) ?? { version: 0, messages: new Map<number, Sighting>() };
    this.#held.set(conversationId, held);
    return held;
  }

  #requestCatchUp(): void {
    this.#catchUpAgain = true;
    this.#catchingUp ??= this.#catchUp().finally(() => {
      this.#catchingUp = null;
    });
  }

  async #catchUp(): Promise<void> {
    while (this.#catchUpAgain && !this.#closed) {
      this.#catchUpAgain = false;
      try {
        while (await this.#sync()) this.#catchUpAgain = false;
      } catch {
        this.#catchUpAgain = true;
        await sleep(200);
      }
    }
  }

  /** @returns whether there is more */
  async #sync(): Promise<boolean> {
    const known = [...this.#held].filter(([, { version }]) => version > 0);
    const versions = Object.fromEntries(known.map(([id, { version }]) => [id, version]));
    const response = await this.#fetch("/api/sync", { versions }, 10_000);
    if (!response.ok) throw new Error(`sync: ${response.status}`);
    const { changes, more } = (await response.json()) as SyncResult;
    for (const { conversation, messages, reset } of changes) {
      const held = this.#heldOf(conversation.id);
      const all = reset ? await this.#fetchHistory(conversation.id) : messages.map(sightingOf);
      for (const message of all) held.messages.set(message.seq, message);
      held.version = Math.max(held.version, conversation.version);
    }
    return more;
  }

  async #fetchHistory(conversationId: string): Promise<Sighting[]> {
    const found: Sighting[] = [];
    for (let hasMore = true; hasMore; ) {
      const after = found.at(-1)?.seq ?? 0;
      const response = await this.#fetch(
        `/api/conversations/${conversationId}/messages?limit=100&after=${after}`,
        null,
        10_000,
      );
      if (!response.ok) throw new Error(`history: ${response.status}`);
      const page = (await response.json()) as { messages: Message[]; hasMore: boolean };
      found.push(...page.messages.map(sightingOf));
      ({ hasMore } = page);
    }
    return found;
  }
}
