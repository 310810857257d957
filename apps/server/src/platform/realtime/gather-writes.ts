import type { Socket as TcpSocket } from "node:net";
import type { RawConnection } from "./socket-server.ts";
import { encodeTextFrame } from "./websocket-frame.ts";

/** Up to so many bytes the frames of one tick are copied together; larger ones are handed over one by one. */
const COPIED_BYTES = 16 * 1024;

/** Engine.IO's packet types, by their digit. */
const TYPES = { open: 0, close: 1, ping: 2, pong: 3, message: 4, upgrade: 5, noop: 6 } as const;

interface Packet {
  readonly type: keyof typeof TYPES;
  readonly data?: unknown;
  /** `wsPreEncodedFrame`: one frame for all receivers, see `event-frame.ts`. */
  readonly options?: { readonly wsPreEncodedFrame?: readonly Buffer[] };
}

/** What lies inside Engine.IO's connection and its WebSocket transport; their types keep it to themselves. */
interface Flushing {
  flush(): void;
}
interface WebSocketTransport {
  writable: boolean;
  readonly name: string;
  /** The `ws` socket, and in it the TCP socket. */
  readonly socket?: { readonly readyState: number; readonly _socket?: TcpSocket | null };
  readonly _onSentLast: (error?: Error | null) => void;
  send(packets: readonly Packet[]): void;
}

const WS_OPEN = 1;

/**
 * Gathers what goes to one connection within a tick into one write call, also after the transport was upgraded. Engine.IO
 * by itself sends the first packet of a tick alone and the others behind it; each write call costs about 10 µs, more than
 * all the rest of a delivery.
 */
export function gatherWrites(connection: RawConnection): void {
  (connection as unknown as Flushing).flush = flushLater;
  writeWhole(connection.transport as unknown as WebSocketTransport);
  connection.on("upgrade", (transport: unknown) => writeWhole(transport as WebSocketTransport));
}

/** Connections with something to send, in the order in which they got it. */
let waiting = new Set<Flushing>();

function flushLater(this: Flushing): void {
  if (waiting.size === 0) process.nextTick(flushAll);
  waiting.add(this);
}

function flushAll(): void {
  const due = waiting;
  waiting = new Set();
  for (const connection of due) (Object.getPrototypeOf(connection) as Flushing).flush.call(connection);
}

function writeWhole(transport: WebSocketTransport): void {
  if (transport.name === "websocket") transport.send = sendWhole;
}

/** All packets in one write to the TCP socket. The connection is `writable` again, and drained, when the system took them. */
function sendWhole(this: WebSocketTransport, packets: readonly Packet[]): void {
  const tcp = this.socket?._socket;
  const frames = packets.map(frameOf);
  if (this.socket?.readyState !== WS_OPEN || !tcp || !frames.every((frame) => frame !== null)) {
    (Object.getPrototypeOf(this) as WebSocketTransport).send.call(this, packets);
    return;
  }
  this.writable = false;
  writeFrames(tcp, frames, this._onSentLast);
}

/** null: binary, which we never send; Engine.IO's own way is right for it. */
function frameOf({ type, data, options }: Packet): Buffer | null {
  const [shared, rest] = options?.wsPreEncodedFrame ?? [];
  // Socket.IO's adapter would make one in two parts; we do not let it.
  if (shared !== undefined && rest === undefined) return shared;
  if (data !== undefined && typeof data !== "string") return null;
  return encodeTextFrame(`${TYPES[type]}${data ?? ""}`);
}

function writeFrames(tcp: TcpSocket, frames: readonly Buffer[], onSent: (error?: Error | null) => void): void {
  const [first] = frames;
  if (frames.length === 1 && first !== undefined) {
    tcp.write(first, onSent);
    return;
  }
  const bytes = frames.reduce((sum, frame) => sum + frame.length, 0);
  if (bytes <= COPIED_BYTES) {
    tcp.write(Buffer.concat(frames, bytes), onSent);
    return;
  }
  tcp.cork();
  frames.forEach((frame, index) => (index + 1 === frames.length ? tcp.write(frame, onSent) : tcp.write(frame)));
  tcp.uncork();
}
