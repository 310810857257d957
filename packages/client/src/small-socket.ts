import type { Socket } from "socket.io-client";
import type { SocketSettings } from "./socket-settings.ts";

type Listener = (value?: unknown) => void;
type AnyListener = (name: string, payload: unknown) => void;

/** What the packets of Engine.IO 4 and Socket.IO 5 begin with; the second character is Socket.IO's. */
const packets = {
  open: "0",
  ping: "2",
  connected: "40",
  closed: "41",
  event: "42",
  answer: "43",
  refused: "44",
} as const;

/**
 * What a client asks of Socket.IO, over a plain WebSocket: the main namespace, text alone, no reconnecting. A tenth of the size of
 * `socket.io-client`, which is loaded where no WebSocket can be had.
 */
export class SmallSocket {
  connected = false;
  readonly #url: string;
  readonly #settings: SocketSettings;
  readonly #listeners = new Map<string, Listener>();
  readonly #waiting = new Map<number, (answer: never) => void>();
  #any: AnyListener = () => {};
  #wire: WebSocket | null = null;
  #full: Socket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How long the server may be silent, in ms. */
  #patience = 0;
  #lastId = 0;
  #over = false;

  constructor(url: string, settings: SocketSettings) {
    this.#url = url;
    this.#settings = settings;
    if (typeof WebSocket === "undefined") void this.#connectInFull(["websocket", "polling"]);
    else this.#wire = this.#open();
  }

  on(name: "connect" | "connect_error" | "disconnect", listener: Listener): void {
    this.#listeners.set(name, listener);
  }

  onAny(listener: AnyListener): void {
    this.#any = listener;
  }

  emit(name: string, input: unknown, acknowledge: (answer: never) => void): void {
    if (this.#full !== null) {
      this.#full.emit(name, input, acknowledge);
      return;
    }
    this.#lastId += 1;
    this.#waiting.set(this.#lastId, acknowledge);
    this.#send(`${packets.event}${this.#lastId}${JSON.stringify([name, input])}`);
  }

  off(): void {
    this.#listeners.clear();
  }

  offAny(): void {
    this.#any = () => {};
  }

  disconnect(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    if (this.connected && this.#full === null) this.#send(packets.closed);
    this.connected = false;
    this.#wire?.close();
    this.#full?.disconnect();
  }

  #open(): WebSocket {
    this.#timer = setTimeout(() => this.#lost(), this.#settings.timeout);
    const wire = new WebSocket(`${this.#url.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`);
    wire.addEventListener("message", ({ data }) => this.#take(String(data)));
    wire.addEventListener("close", () => this.#lost());
    return wire;
  }

  #send(packet: string): void {
    this.#wire?.send(packet);
  }

  #tell(name: string, value?: unknown): void {
    this.#listeners.get(name)?.(value);
  }

  #take(data: string): void {
    if (this.#over) return;
    if (data.startsWith(packets.open)) return this.#greet(JSON.parse(data.slice(1)));
    this.#waitForNext();
    if (data === packets.ping) return this.#send("3");
    const body = data.slice(2);
    if (data.startsWith(packets.event)) this.#takeEvent(body);
    else if (data.startsWith(packets.answer)) this.#takeAnswer(body);
    else if (data.startsWith(packets.connected)) this.#opened();
    else if (data.startsWith(packets.refused)) this.#tell("connect_error", asError(JSON.parse(body)));
    else if (data.startsWith(packets.closed)) this.#lost();
  }

  #greet({ pingInterval, pingTimeout }: { pingInterval: number; pingTimeout: number }): void {
    this.#patience = pingInterval + pingTimeout;
    this.#waitForNext();
    const { auth } = this.#settings;
    this.#send(packets.connected + (auth === undefined ? "" : JSON.stringify(auth)));
  }

  #takeEvent(body: string): void {
    const [name, payload] = JSON.parse(body) as [string, unknown];
    this.#any(name, payload);
  }

  #takeAnswer(body: string): void {
    const start = body.indexOf("[");
    const id = Number(body.slice(0, start));
    const acknowledge = this.#waiting.get(id);
    this.#waiting.delete(id);
    acknowledge?.((JSON.parse(body.slice(start)) as never[])[0] as never);
  }

  #opened(): void {
    this.connected = true;
    this.#tell("connect");
  }

  #waitForNext(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lost(), this.#patience);
  }

  /** Nothing comes any more. Before the server's first word that is the network's doing: then long polling is tried. */
  #lost(): void {
    if (this.#over) return;
    clearTimeout(this.#timer);
    const was = this.connected;
    this.connected = false;
    this.#over = true;
    this.#wire?.close();
    if (was) this.#tell("disconnect");
    else if (this.#patience > 0 || isOffline()) this.#tell("connect_error", new Error("It closed."));
    else void this.#connectInFull(["polling"]);
  }

  async #connectInFull(transports: ("websocket" | "polling")[]): Promise<void> {
    this.#over = false;
    try {
      const { connectInFull } = await import("./connect-in-full.ts");
      if (this.#over) return;
      const socket = connectInFull(this.#url, this.#settings, transports);
      this.#full = socket;
      socket.on("connect", () => this.#opened());
      socket.on("connect_error", (error) => this.#tell("connect_error", error));
      socket.on("disconnect", () => {
        this.connected = false;
        this.#tell("disconnect");
      });
      socket.onAny((name: string, payload: unknown) => this.#any(name, payload));
    } catch (error) {
      this.#tell("connect_error", error);
    }
  }
}

/** Only a page knows; Node's `navigator` says nothing of it. */
const isOffline = (): boolean => "onLine" in navigator && !navigator.onLine;

/** The server's refusal, as `socket.io-client` gives it. */
function asError({ message, data }: { message?: string; data?: unknown }): Error {
  return Object.assign(new Error(message), { data });
}
