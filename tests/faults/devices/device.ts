import { setTimeout as sleep } from "node:timers/promises";
import type { EventPayload, Message, SyncResult } from "@parley/protocol";
import { io, type Socket } from "socket.io-client";
import type { HistoryWriter } from "../history/history-file.ts";
import { type Sighting, sightingOf, type ViewKind } from "../history/history.ts";
import type { Random } from "../world/random.ts";
import { call } from "./call.ts";
import { HeldMessages } from "./held-messages.ts";
import { shortenEvent } from "./shorten-event.ts";
import type { Way } from "./way.ts";

export interface DeviceOptions {
  readonly name: string;
  readonly userId: string;
  readonly token: string;
  /** The first is where it begins; after a loss it takes any. */
  readonly ways: readonly Way[];
  readonly transports: readonly ("polling" | "websocket")[];
  readonly history: HistoryWriter;
  readonly random: Random;
  /** When the token ends, on the history's clock; then it does not come back. */
  readonly expiresAt?: number;
}

/**
 * One device of one person: a plain Socket.IO client that hears, notices holes by the versions, and catches up as the wire
 * contract says. It writes down all that happens to it.
 */
export class Device {
  readonly held = new HeldMessages();
  readonly #options: DeviceOptions;
  readonly #socket: Socket;
  #way: Way;
  #connection = 0;
  #catchingUp: Promise<void> | null = null;
  #catchUpAgain = false;
  #closed = false;

  constructor(options: DeviceOptions) {
    this.#options = options;
    const { ways, token, transports, expiresAt, random } = options;
    this.#way = firstOf(ways);
    this.#socket = io(this.#way.url, {
      transports: [...transports],
      auth: { token },
      forceNew: true,
      reconnection: expiresAt === undefined,
      reconnectionDelay: 50,
      reconnectionDelayMax: 500,
      timeout: 5_000,
    });
    this.#socket.on("connect", () => {
      this.#connection += 1;
      this.#note("connected");
      this.#requestCatchUp();
    });
    this.#socket.on("disconnect", () => {
      this.#note("disconnected");
      if (!this.#closed && expiresAt === undefined && !this.#socket.active) this.#socket.connect();
    });
    this.#socket.on("connect_error", () => {
      // The server itself said "not now": Socket.IO's client leaves it to us to come again.
      const comesBack = () => !this.#closed && expiresAt === undefined && !this.#socket.active;
      if (comesBack()) setTimeout(() => comesBack() && this.#socket.connect(), random.between(100, 500));
    });
    this.#socket.io.on("reconnect_attempt", () => {
      this.#way = random.pick(ways);
      Object.assign(this.#socket.io, { uri: this.#way.url });
    });
    this.#socket.onAny((name: string, payload: unknown) => this.#hear(name, payload));
  }

  get userId(): string {
    return this.#options.userId;
  }

  get name(): string {
    return this.#options.name;
  }

  get token(): string {
    return this.#options.token;
  }

  get ways(): readonly Way[] {
    return this.#options.ways;
  }

  get socket(): Socket {
    return this.#socket;
  }

  /** Where it is connected. */
  get way(): Way {
    return this.#way;
  }

  /** Connects anew, catches up, and tells what it holds and what it then fetches afresh. */
  async tellViews(conversationIds: readonly string[]): Promise<void> {
    this.#socket.disconnect();
    this.#socket.connect();
    while (!this.#socket.connected) await sleep(20);
    while (this.#catchingUp !== null) await this.#catchingUp;
    this.#tellView("held", this.held.all());
    const pages = await Promise.all(conversationIds.map((id) => this.#fetchHistory(id)));
    this.#tellView("fetched", pages.flat());
  }

  close(): void {
    this.#closed = true;
    this.#socket.disconnect();
  }

  #note(type: "connected" | "disconnected"): void {
    const { history, expiresAt = null } = this.#options;
    const connection = this.#ofConnection();
    history.write(type === "connected" ? { type, ...connection, expiresAt } : { type, ...connection });
  }

  #ofConnection() {
    const { history, name: device, userId } = this.#options;
    return { at: history.now(), device, userId, connection: this.#connection, server: this.#way.name };
  }

  #tellView(kind: ViewKind, messages: readonly Sighting[]): void {
    const { history, name: device, userId } = this.#options;
    history.write({ type: "view", device, userId, kind });
    for (const message of messages) history.write({ type: "viewed", device, kind, message });
  }

  #hear(name: string, payload: unknown): void {
    const event = shortenEvent(name, payload);
    if (event !== null) this.#options.history.write({ type: "heard", ...this.#ofConnection(), event });
    if (event !== null && (event.name === "message:deleted" || "message" in event)) {
      if (!this.held.hear(event)) this.#requestCatchUp();
    } else this.#stepOn(name, payload);
  }

  /** Changes of participants take versions too. */
  #stepOn(name: string, payload: unknown): void {
    if (name === "conversation:new") return this.#requestCatchUp();
    if (name !== "participant:added" && name !== "participant:removed") return;
    const { conversationId, userId, version } = payload as EventPayload<"participant:removed">;
    if (name === "participant:removed" && userId === this.userId) this.held.drop(conversationId);
    else if (!this.held.step(conversationId, version)) this.#requestCatchUp();
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
        if (this.#options.expiresAt !== undefined) return;
        this.#catchUpAgain = true;
        await sleep(200);
      }
    }
  }

  /** @returns whether there is more */
  async #sync(): Promise<boolean> {
    const body = { versions: this.held.versions() };
    const { changes, gone, more } = await this.#get<SyncResult>("/api/sync", body);
    for (const id of gone) this.held.drop(id);
    for (const { conversation, messages, reset } of changes) {
      const all = reset ? await this.#fetchHistory(conversation.id) : messages.map(sightingOf);
      this.held.put(conversation.id, conversation.version, all);
    }
    return more;
  }

  async #fetchHistory(conversationId: string): Promise<Sighting[]> {
    const found: Sighting[] = [];
    for (let hasMore = true; hasMore; ) {
      const path = `/api/conversations/${conversationId}/messages?limit=100&after=${found.at(-1)?.seq ?? 0}`;
      const page = await this.#get<{ messages: Message[]; hasMore: boolean }>(path);
      found.push(...page.messages.map(sightingOf));
      ({ hasMore } = page);
    }
    return found;
  }

  async #get<Result>(path: string, body?: object): Promise<Result> {
    const method = body === undefined ? "GET" : "POST";
    const answer = await call({ url: this.#way.url, path, method, token: this.token, body, timeoutMs: 10_000 });
    if (answer.problem !== null) throw new Error(`${path}: ${answer.problem.code}`);
    return answer.body as Result;
  }
}

function firstOf(ways: readonly Way[]): Way {
  const [first] = ways;
  if (first === undefined) throw new Error("A device needs a way to a server.");
  return first;
}
