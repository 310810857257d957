import type { EventName, EventPayload } from "@parley/protocol";
import { encodeTextFrame } from "./websocket-frame.ts";

/** Engine.IO's way to say that a packet has its WebSocket frame already. */
export interface SharedFrame {
  compress: boolean;
  readonly wsPreEncodedFrame: readonly [Buffer];
}

/** Engine.IO's packet type of a message. */
const MESSAGE = "4";

/** One event as sockets and other processes get it: encoded when somebody first needs it, and never twice. */
export class EventFrame {
  readonly name: EventName;
  #payload: unknown;
  #text: string | undefined;
  #shared: SharedFrame | undefined;

  private constructor(name: EventName, payload: unknown, text: string | undefined) {
    this.name = name;
    this.#payload = payload;
    this.#text = text;
  }

  static of<Name extends EventName>(name: Name, payload: EventPayload<Name>): EventFrame {
    return new EventFrame(name, payload, undefined);
  }

  /** One that another process has encoded. */
  static received(name: EventName, text: string): EventFrame {
    return new EventFrame(name, undefined, text);
  }

  /** The Socket.IO packet: 2 (an event of the main namespace), then name and payload as JSON. Without line breaks and tabs. */
  get text(): string {
    if (this.#text === undefined) {
      this.#text = `2${JSON.stringify([this.name, this.#payload])}`;
      this.#payload = undefined;
    }
    return this.#text;
  }

  /** The same for WebSockets: one frame that all connections share. */
  get shared(): SharedFrame {
    return (this.#shared ??= { compress: false, wsPreEncodedFrame: [encodeTextFrame(`${MESSAGE}${this.text}`)] });
  }
}
